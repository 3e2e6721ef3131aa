//! What customers say in Spanish, clause by clause, as it is said in Spain. Clauses begin in lower case, end without a point
//! and never with a conjunction, so that any two can be joined; none begins with the sound of an `i`, so that `y` fits before each.

use super::Polarity::{Negative, Positive};
use super::Topic::{App, Cleanliness, Delivery, Payment, Price, Promise, Quality, Shop, Staff, Waiting};
use super::{Clauses, Language};

#[rustfmt::skip]
const CLAUSES: [Clauses; 20] = [
    Clauses { topic: Quality, polarity: Positive, texts: &[
        "el café está buenísimo", "el café con leche, en su punto", "la tarta de queso es una maravilla", "los cruasanes estaban recién hechos",
        "se nota que el café es de calidad", "el bocadillo venía con pan del día", "el mejor cortado que he tomado en mucho tiempo", "todo riquísimo",
        "la bollería siempre está fresca"] },
    Clauses { topic: Quality, polarity: Negative, texts: &[
        "el café estaba frío", "el café sabía a quemado", "la tostada venía más dura que una piedra", "el cruasán era del día anterior como poco",
        "me pusieron leche normal cuando la pedí de avena", "la calidad ha bajado una barbaridad", "el zumo no era natural ni de lejos",
        "el bocadillo no tenía casi nada dentro", "el café, aguado"] },
    Clauses { topic: Waiting, polarity: Positive, texts: &[
        "apenas tuve que esperar", "me atendieron al momento", "la cola avanzó rapidísimo", "entré y salí en cinco minutos",
        "ni un minuto de espera", "aparqué a la primera", "da gusto que no te hagan esperar"] },
    Clauses { topic: Waiting, polarity: Negative, texts: &[
        "la espera se hizo eterna", "más de un cuarto de hora para un cortado", "había una cola que llegaba a la puerta", "tardaron muchísimo en atenderme",
        "me pasé el descanso entero haciendo cola", "no hay quien aparque sin dar veinte vueltas", "con tanta gente y una sola caja abierta, un desastre",
        "tuve que esperar de pie un buen rato"] },
    Clauses { topic: Price, polarity: Positive, texts: &[
        "el precio es muy razonable", "por lo que cuesta no se puede pedir más", "la relación calidad-precio es estupenda", "con la tarjeta de puntos sale muy bien",
        "el menú de desayuno está muy bien de precio", "se agradece que no hayan subido los precios", "sale más barato que en otros sitios de la zona"] },
    Clauses { topic: Price, polarity: Negative, texts: &[
        "los precios se han puesto por las nubes", "me parece carísimo para lo que es", "han vuelto a subir el desayuno", "cobran un dineral por un café normal",
        "el suplemento por la leche vegetal es un abuso", "por ese precio esperaba bastante más", "pagar tanto por una magdalena no tiene sentido"] },
    Clauses { topic: Staff, polarity: Positive, texts: &[
        "el personal es encantador", "la chica de la barra fue amabilísima", "me trataron de diez", "siempre te reciben con una sonrisa",
        "el camarero se acordaba de lo que tomo", "resolvieron mi duda con mucha paciencia", "da gusto con gente tan atenta", "un trato muy cercano"] },
    Clauses { topic: Staff, polarity: Negative, texts: &[
        "el camarero ni me miró a la cara", "me contestaron de malas maneras", "el trato deja mucho que desear", "nadie supo darme una respuesta",
        "me tuvieron de un lado para otro", "ni siquiera pidieron perdón", "la encargada fue bastante borde", "parece que les molesta que preguntes"] },
    Clauses { topic: Delivery, polarity: Positive, texts: &[
        "el reparto llegó antes de la hora", "todo llegó calentito", "el repartidor fue muy majo", "vino muy bien embalado",
        "lo trajeron hasta la puerta sin ningún problema", "el pedido llegó completo y a tiempo", "a domicilio funcionan de maravilla"] },
    Clauses { topic: Delivery, polarity: Negative, texts: &[
        "el pedido llegó tardísimo", "el café llegó derramado por toda la bolsa", "faltaba la mitad del pedido", "el repartidor no encontraba la calle y me tocó bajar",
        "llegó todo frío", "tardó más de una hora en llegar", "la bolsa venía rota", "nadie me avisó del retraso del reparto"] },
    Clauses { topic: Payment, polarity: Positive, texts: &[
        "pagar con el móvil es comodísimo", "el pago fue cosa de segundos", "aceptan todas las tarjetas", "me devolvieron el dinero enseguida",
        "se puede pagar sin contacto sin problema", "la factura me llegó al instante"] },
    Clauses { topic: Payment, polarity: Negative, texts: &[
        "el pago me falló dos veces", "me cobraron dos veces lo mismo", "no me dejaron pagar con tarjeta", "todavía no me han devuelto el dinero",
        "el datáfono no funcionaba", "no hay manera de que me manden la factura", "se quedó cargando al pagar y tuve que volver a empezar"] },
    Clauses { topic: App, polarity: Positive, texts: &[
        "la aplicación va como la seda", "pedir por la app es facilísimo", "me encanta poder pedir antes de llegar", "la aplicación es muy clara",
        "con la app me ahorro la cola", "los puntos se suman solos en la aplicación"] },
    Clauses { topic: App, polarity: Negative, texts: &[
        "la aplicación se cierra sola", "la app me borró el carrito", "desde la última actualización la app no hay quien la use", "la aplicación va lentísima",
        "no me deja terminar el pedido en la app", "se queda colgada en la pantalla de pago", "tuve que meter el pedido tres veces en la aplicación"] },
    Clauses { topic: Cleanliness, polarity: Positive, texts: &[
        "el local está siempre limpísimo", "las mesas estaban relucientes", "los baños, impecables", "se ve todo muy cuidado y limpio",
        "limpian las mesas en cuanto te levantas", "da gusto lo limpio que lo tienen"] },
    Clauses { topic: Cleanliness, polarity: Negative, texts: &[
        "las mesas estaban pegajosas", "el baño daba asco", "el suelo estaba lleno de migas", "no había ni una mesa limpia",
        "la taza tenía restos de carmín", "las papeleras estaban a rebosar", "olía a fregona sucia"] },
    Clauses { topic: Promise, polarity: Positive, texts: &[
        "estuvo listo a la hora que dijeron", "cumplen lo que prometen", "dijeron diez minutos y fueron diez minutos", "quedaron en llamarme y me llamaron",
        "tal como lo anuncian", "me dieron una hora y la clavaron"] },
    Clauses { topic: Promise, polarity: Negative, texts: &[
        "prometieron una hora y no la cumplieron", "dijeron que estaría listo y no lo estaba", "quedaron en llamarme y sigo esperando", "el producto que pedí se había acabado y nadie me avisó",
        "te dan una hora que luego no respetan", "la oferta del cartel no era verdad", "me aseguraron que estaba todo y faltaban cosas"] },
    Clauses { topic: Shop, polarity: Positive, texts: &[
        "el local es precioso", "se está muy a gusto en la terraza", "la tienda queda al lado del trabajo", "tiene enchufes y buena luz para trabajar",
        "el ambiente es muy tranquilo", "la decoración me encanta", "siempre encuentro sitio para sentarme"] },
    Clauses { topic: Shop, polarity: Negative, texts: &[
        "el local se queda pequeño", "hacía un frío tremendo dentro", "la música estaba altísima", "no había dónde sentarse",
        "el aparcamiento está fatal señalizado", "con el carrito del niño no se puede pasar", "cerraron antes de la hora que pone en la puerta"] },
];

pub(super) const SPANISH: Language = Language {
    code: "es",
    clauses: &CLAUSES,
    joins: &[" y ", ", ", ". Además, ", "; "],
    contrasts: &[", pero ", ", aunque ", "; eso sí, ", ". Lo malo es que ", ", lástima: "],
    short: &["¡Genial!", "Todo perfecto", "Muy bien"],
    short_negative: &["Fatal", "Muy mal", "No vuelvo"],
    email: "Mi correo es {}, por si queréis escribirme",
    phone: "Podéis llamarme al {}",
    abbreviations: &[
        (" que ", " q "),
        (" porque ", " xq "),
        (" también ", " tb "),
        ("había", "habia"),
        ("mucho", "muxo"),
        ("vuelto", "buelto"),
    ],
};
