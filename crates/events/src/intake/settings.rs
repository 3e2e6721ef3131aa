//! What a source and its organisation say about the events that arrive.

use std::sync::Arc;

use domain::identifier::IdentifierKind;
use rustc_hash::FxHashMap;

use super::money::read_currency;

/// How to read the events of one source. Cheap to copy: servers keep one and change its fields for each key.
#[derive(Clone, Debug)]
pub struct IntakeSettings {
    /// The channel of events that say none.
    pub default_channel: Option<String>,
    /// The unit of events that say none.
    pub default_unit: Option<String>,
    /// ISO 4217 code of amounts that come without one.
    pub currency: Option<String>,
    /// Whether times are corrected for the sender's clock. Backfills and imports are not.
    pub is_clock_corrected: bool,
    /// What properties mean by their names.
    pub names: PropertyNames,
}

/// What properties mean by their names. Names are matched exactly, but for those of texts.
#[derive(Clone, Debug)]
pub struct PropertyMeanings {
    /// The property that names the unit in which an event happened.
    pub unit: String,
    /// Properties whose values are personal, at any depth of properties and context.
    pub personal: Vec<String>,
    /// Properties whose texts are free text whatever they look like, at any depth of properties, in capital letters or
    /// small ones. The log keeps such texts apart; see [`FreeText`](super::FreeText).
    pub texts: Vec<String>,
    /// Properties that refer to a thing, with the type of that thing.
    pub objects: Vec<(String, String)>,
    /// Properties that identify the customer. None by default: an e-mail among the properties may be a friend's.
    pub identifiers: Vec<(String, IdentifierKind)>,
}

impl Default for PropertyMeanings {
    fn default() -> Self {
        let personal = [
            "email",
            "e_mail",
            "correo",
            "phone",
            "phone_number",
            "phoneNumber",
            "mobile",
            "telefono",
            "first_name",
            "last_name",
            "firstName",
            "lastName",
            "full_name",
            "fullName",
            "address",
            "birthday",
            "birth_date",
            "birthdate",
            "ip",
            "ip_address",
            "ipAddress",
        ];
        let texts = [
            "comment",
            "comments",
            "comentario",
            "comentarios",
            "message",
            "mensaje",
            "share_message",
            "text",
            "texto",
            "review",
            "review_body",
            "reviewBody",
            "review_text",
            "reviewText",
            "reseña",
            "resena",
            "feedback",
            "opinion",
            "opinión",
            "body",
            "description",
            "descripcion",
            "descripción",
            "note",
            "notes",
            "nota",
            "notas",
            "observaciones",
            "complaint",
            "queja",
            "sugerencia",
            "suggestion",
            "subject",
            "asunto",
            "transcript",
            "transcripcion",
            "transcripción",
        ];
        let objects = [
            ("order_id", "order"),
            ("orderId", "order"),
            ("checkout_id", "checkout"),
            ("checkoutId", "checkout"),
            ("cart_id", "cart"),
            ("cartId", "cart"),
            ("conversation_id", "conversation"),
            ("conversationId", "conversation"),
            ("email_id", "email"),
            ("subscription_id", "subscription"),
            ("subscriptionId", "subscription"),
            ("claim_id", "claim"),
            ("ticket_id", "ticket"),
            ("booking_id", "booking"),
            ("shipment_id", "shipment"),
            ("invoice_id", "invoice"),
        ];
        PropertyMeanings {
            unit: "store_id".to_owned(),
            personal: personal.map(str::to_owned).to_vec(),
            texts: texts.map(str::to_owned).to_vec(),
            objects: objects.map(|(name, kind)| (name.to_owned(), kind.to_owned())).to_vec(),
            identifiers: Vec::new(),
        }
    }
}

impl Default for IntakeSettings {
    fn default() -> Self {
        IntakeSettings::new(PropertyMeanings::default())
    }
}

impl IntakeSettings {
    /// Settings without defaults of the source, with correction of clocks.
    pub fn new(meanings: PropertyMeanings) -> IntakeSettings {
        IntakeSettings {
            default_channel: None,
            default_unit: None,
            currency: None,
            is_clock_corrected: true,
            names: PropertyNames::new(meanings),
        }
    }

    pub(crate) fn is_personal(&self, name: &[u8]) -> bool {
        self.names.tables.personal.find(name).is_some()
    }

    pub(crate) fn find_role(&self, name: &[u8]) -> Option<&Role> {
        self.names.tables.roles.find(name)
    }

    pub(crate) fn currency_code(&self) -> Option<[u8; 3]> {
        self.currency.as_deref().and_then(read_currency)
    }
}

/// What a property at the top of `properties` means for the event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Channel,
    Unit,
    Revenue,
    Total,
    Value,
    Currency,
    Cause,
    /// A reference to a thing of this type.
    Object(String),
    Identifier(IdentifierKind),
}

/// [`PropertyMeanings`], prepared for looking names up.
#[derive(Clone, Debug)]
pub struct PropertyNames {
    tables: Arc<Tables>,
}

#[derive(Debug)]
struct Tables {
    personal: NameTable<()>,
    roles: NameTable<Role>,
}

impl PropertyNames {
    /// Prepares the names; copies are cheap.
    pub fn new(meanings: PropertyMeanings) -> PropertyNames {
        let mut roles = NameTable::default();
        for (name, kind) in meanings.objects {
            roles.insert(name, Role::Object(kind));
        }
        for (name, kind) in meanings.identifiers {
            roles.insert(name, Role::Identifier(kind));
        }
        roles.insert(meanings.unit, Role::Unit);
        for (name, role) in [
            ("channel", Role::Channel),
            ("revenue", Role::Revenue),
            ("total", Role::Total),
            ("value", Role::Value),
            ("currency", Role::Currency),
            ("cause_event_id", Role::Cause),
        ] {
            roles.insert(name.to_owned(), role);
        }
        let mut personal = NameTable::default();
        for name in meanings.personal {
            personal.insert(name, ());
        }
        PropertyNames { tables: Arc::new(Tables { personal, roles }) }
    }
}

/// Names with what they mean. Every name of every event is looked up, and nearly none is here: which lengths there are for
/// each first byte tells most of them apart before anything is hashed.
#[derive(Debug)]
struct NameTable<T> {
    lengths_by_first: Box<[u64; 256]>,
    meanings: FxHashMap<Box<[u8]>, T>,
}

impl<T> Default for NameTable<T> {
    fn default() -> Self {
        NameTable { lengths_by_first: Box::new([0; 256]), meanings: FxHashMap::default() }
    }
}

impl<T> NameTable<T> {
    fn insert(&mut self, name: String, meaning: T) {
        if let Some(first) = name.as_bytes().first() {
            self.lengths_by_first[*first as usize] |= 1 << name.len().min(63);
            self.meanings.insert(name.into_bytes().into(), meaning);
        }
    }

    fn find(&self, name: &[u8]) -> Option<&T> {
        let first = *name.first()?;
        if self.lengths_by_first[first as usize] & (1 << name.len().min(63)) == 0 {
            return None;
        }
        self.meanings.get(name)
    }
}
