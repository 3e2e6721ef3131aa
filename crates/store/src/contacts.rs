//! The contact rule, contacts, and planned invitations.

use std::collections::{BTreeMap, BTreeSet};

use domain::contact::ContactRule;
use domain::ports::{
    AuditEntry, Contact, ContactKey, ContactLedger, InvitationPlans, PlanCounts, PlanEnd, PlannedInvitation,
    SurveySubject,
};
use domain::{Error, NodeId, Result, SurveyId};

use crate::Store;
use crate::audit::record;
use crate::sql::{Row, Transaction, Value};

/// Contacts are forgotten when no rule can look back at them any more.
const KEPT_MS: i64 = 400 * domain::time::DAY_MS;

impl ContactLedger for Store {
    fn find_contact_rule(&self) -> Result<ContactRule> {
        let sql = "SELECT most, days, apart_days, from_hour, until_hour FROM contact_rule WHERE id = 1";
        let row = self.read("find the contact rule", async |transaction| transaction.fetch_first(sql, []).await)?;
        let Some(row) = row else { return Ok(ContactRule::default()) };
        let mut fields = row.fields();
        Ok(ContactRule {
            most: small(fields.unsigned()?)?,
            days: small(fields.unsigned()?)?,
            apart_days: small(fields.unsigned()?)?,
            from_hour: small(fields.unsigned()?)?,
            until_hour: small(fields.unsigned()?)?,
        })
    }

    fn update_contact_rule(&self, rule: &ContactRule, audit: &AuditEntry) -> Result<()> {
        self.write("update the contact rule", async |transaction| {
            let values: [Value<'_>; 5] = [
                rule.most.into(),
                rule.days.into(),
                rule.apart_days.into(),
                u32::from(rule.from_hour).into(),
                u32::from(rule.until_hour).into(),
            ];
            let sql = "INSERT INTO contact_rule (id, most, days, apart_days, from_hour, until_hour) \
                       VALUES (1, $1, $2, $3, $4, $5) \
                       ON CONFLICT (id) DO UPDATE SET most = excluded.most, days = excluded.days, \
                       apart_days = excluded.apart_days, from_hour = excluded.from_hour, until_hour = excluded.until_hour";
            transaction.execute(sql, values).await?;
            record(transaction, audit).await
        })
    }

    fn list_contacts(&self, keys: &[ContactKey], since: i64) -> Result<Vec<i64>> {
        let sql = "SELECT contacted_at FROM contacts WHERE identifier_hash = $1 AND contacted_at >= $2";
        self.read("list contacts", async |transaction| {
            let mut contacts = BTreeSet::new();
            for ContactKey(key) in keys {
                for row in transaction.fetch(sql, [key.as_str().into(), since.into()]).await? {
                    contacts.insert(row.fields().integer()?);
                }
            }
            Ok(contacts.into_iter().collect())
        })
    }

    fn key_contacts(&self, key_of: &dyn Fn(&str) -> ContactKey) -> Result<u64> {
        let sql = "SELECT DISTINCT identifier_hash FROM contacts WHERE is_keyed = 0";
        let rows = self.read("find contacts without keys", async |transaction| transaction.fetch(sql, []).await)?;
        if rows.is_empty() {
            return Ok(0);
        }
        let hashes = rows.iter().map(|row| row.fields().text()).collect::<Result<Vec<String>>>()?;
        self.write("give contacts their keys", async |transaction| {
            let mut keyed = 0;
            for hash in &hashes {
                let ContactKey(key) = key_of(hash);
                let sql = "UPDATE contacts SET identifier_hash = $2, is_keyed = 1 WHERE identifier_hash = $1 AND is_keyed = 0";
                keyed += transaction.execute(sql, [hash.as_str().into(), key.into()]).await?;
            }
            Ok(keyed)
        })
    }
}

fn small<T: TryFrom<u64>>(number: u64) -> Result<T> {
    T::try_from(number).map_err(|_| Error::internal("a number of the state is too large"))
}

/// Writes contacts in the transaction of what interrupts. They are sorted, so that their order does not tell which came first.
pub(crate) async fn put(transaction: &mut Transaction<'_>, contacts: &[Contact]) -> Result<()> {
    let mut rows: BTreeSet<(&str, i64, &str)> = BTreeSet::new();
    for contact in contacts {
        rows.extend(contact.keys.iter().map(|ContactKey(key)| (key.as_str(), contact.at, contact.purpose)));
    }
    let Some(newest) = rows.iter().map(|row| row.1).max() else { return Ok(()) };
    let rows = rows
        .into_iter()
        .map(|(key, at, purpose)| -> [Value<'_>; 4] { [key.into(), at.into(), purpose.into(), true.into()] });
    let insert = "INSERT INTO contacts (identifier_hash, contacted_at, purpose, is_keyed)";
    transaction.insert(insert, "ON CONFLICT (identifier_hash, contacted_at, purpose) DO NOTHING", rows).await?;
    transaction.execute("DELETE FROM contacts WHERE contacted_at < $1", [(newest - KEPT_MS).into()]).await?;
    Ok(())
}

/// Forgets a contact that was none: nobody was reached.
pub(crate) async fn forget(transaction: &mut Transaction<'_>, contact: &Contact) -> Result<()> {
    for ContactKey(key) in &contact.keys {
        let sql = "DELETE FROM contacts WHERE identifier_hash = $1 AND contacted_at = $2 AND purpose = $3";
        transaction.execute(sql, [key.as_str().into(), contact.at.into(), contact.purpose.into()]).await?;
    }
    Ok(())
}

impl InvitationPlans for Store {
    fn find_planning_mark(&self, name: &str) -> Result<Option<i64>> {
        let sql = "SELECT mark FROM planning_marks WHERE name = $1";
        let row = self.read("see how far invitations are planned", async |transaction| {
            transaction.fetch_first(sql, [name.into()]).await
        })?;
        row.map(|row| row.fields().integer()).transpose()
    }

    fn plan_invitations(&self, planned: &[PlannedInvitation], mark: (&str, i64)) -> Result<()> {
        self.write("plan invitations", async |transaction| {
            if !planned.is_empty() {
                let first = transaction.next_id("SELECT COALESCE(MAX(id), 0) + 1 FROM planned_invitations").await?;
                let mut rows: Vec<[Value<'_>; 7]> = Vec::with_capacity(planned.len());
                for (id, plan) in (first..).zip(planned) {
                    rows.push([
                        id.into(),
                        plan.survey.0.into(),
                        plan.node.0.into(),
                        crate::surveys::to_json(&plan.subject)?.into(),
                        plan.wanted_at.into(),
                        plan.due_at.into(),
                        u32::from(plan.priority).into(),
                    ]);
                }
                let insert = "INSERT INTO planned_invitations (id, survey, node, subject, wanted_at, due_at, priority)";
                transaction.insert(insert, "", rows).await?;
            }
            let sql = "INSERT INTO planning_marks (name, mark) VALUES ($1, $2) \
                       ON CONFLICT (name) DO UPDATE SET mark = excluded.mark";
            transaction.execute(sql, [mark.0.into(), mark.1.into()]).await?;
            Ok(())
        })
    }

    fn list_due_invitations(&self, now: i64, limit: u32) -> Result<Vec<PlannedInvitation>> {
        let sql = "SELECT id, survey, node, subject, wanted_at, due_at, priority FROM planned_invitations WHERE due_at <= $1 \
                   ORDER BY due_at, priority DESC, id LIMIT $2";
        let rows = self.read("list the invitations that are due", async |transaction| {
            transaction.fetch(sql, [now.into(), limit.into()]).await
        })?;
        rows.iter().map(read_plan).collect()
    }

    fn postpone_invitations(&self, ids: &[u64], until: i64) -> Result<()> {
        self.write("postpone invitations", async |transaction| {
            for id in ids {
                let sql = "UPDATE planned_invitations SET due_at = $2 WHERE id = $1";
                transaction.execute(sql, [(*id).into(), until.into()]).await?;
            }
            Ok(())
        })
    }

    fn end_planned_invitations(&self, ended: &[(u64, SurveyId, PlanEnd)]) -> Result<()> {
        self.write("end planned invitations", async |transaction| {
            let mut counts: BTreeMap<(SurveyId, PlanEnd), u64> = BTreeMap::new();
            for (id, survey, end) in ended {
                let gone = transaction.execute("DELETE FROM planned_invitations WHERE id = $1", [(*id).into()]).await?;
                *counts.entry((*survey, *end)).or_default() += gone;
            }
            for ((survey, end), count) in counts {
                let sql = "INSERT INTO planned_invitation_ends (survey, plan_end, invitations) VALUES ($1, $2, $3) \
                           ON CONFLICT (survey, plan_end) DO UPDATE SET \
                           invitations = planned_invitation_ends.invitations + excluded.invitations";
                transaction.execute(sql, [survey.0.into(), end.as_str().into(), count.into()]).await?;
            }
            Ok(())
        })
    }

    fn count_planned_invitations(&self, survey: SurveyId) -> Result<PlanCounts> {
        self.read("count planned invitations", async |transaction| {
            let waiting = "SELECT COUNT(*) FROM planned_invitations WHERE survey = $1";
            let waiting = match transaction.fetch_first(waiting, [survey.0.into()]).await? {
                Some(row) => row.fields().unsigned()?,
                None => 0,
            };
            let sql = "SELECT plan_end, invitations FROM planned_invitation_ends WHERE survey = $1";
            let mut ended = Vec::new();
            for row in transaction.fetch(sql, [survey.0.into()]).await? {
                let mut fields = row.fields();
                ended.push((fields.parsed("the end of a planned invitation", PlanEnd::parse)?, fields.unsigned()?));
            }
            ended.sort_unstable();
            Ok(PlanCounts { waiting, ended })
        })
    }
}

fn read_plan(row: &Row) -> Result<PlannedInvitation> {
    let mut fields = row.fields();
    let (id, survey, node) = (fields.unsigned()?, SurveyId(fields.unsigned()?), NodeId(fields.unsigned()?));
    let subject: SurveySubject = crate::surveys::from_json(&fields.text()?)?;
    let (wanted_at, due_at) = (fields.integer()?, fields.integer()?);
    Ok(PlannedInvitation { id, survey, node, subject, wanted_at, due_at, priority: small(fields.unsigned()?)? })
}
