use expect_test::{Expect, expect};
use text::mask;

use crate::ANALYZER;

fn check(comment: &str, expected: Expect) {
    expected.assert_eq(&mask(comment, &ANALYZER.analyse(comment).personal));
}

#[test]
fn ways_to_reach_somebody_are_masked() {
    check("Escríbanme a ana.perez+casa@correo.es, por favor.", expect!["Escríbanme a [email], por favor."]);
    check("Llamad al 612 34 56 78 o al +34 915-555-123", expect!["Llamad al [phone] o al [phone]"]);
    check("Call me at (212) 555-0187.", expect!["Call me at [phone]."]);
}

#[test]
fn numbers_that_prove_themselves_are_masked() {
    check("Mi tarjeta 4111 1111 1111 1111 fue rechazada", expect!["Mi tarjeta [card] fue rechazada"]);
    check("Mi cuenta es ES91 2100 0418 4502 0005 1332.", expect!["Mi cuenta es [iban]."]);
    check("IBAN GB82WEST12345698765432", expect!["IBAN [iban]"]);
    check("DNI 12345678Z y NIE X1234567L", expect!["DNI [national_id] y NIE [national_id]"]);
}

#[test]
fn numbers_of_other_kinds_stay() {
    for comment in [
        "Pedido 123456 del 12/05/2024",
        "Pagué 1.234,50 euros el 2024-05-12 a las 10:30",
        "Referencia 4111111111111112",
        "DNI 12345678A",
    ] {
        assert_eq!(mask(comment, &ANALYZER.analyse(comment).personal), comment);
    }
}

#[test]
fn names_are_found_behind_their_introduction() {
    check("Me atendió Laura Gómez y muy bien", expect!["Me atendió [name] y muy bien"]);
    check("Hola, me llamo José de la Fuente.", expect!["Hola, me llamo [name]."]);
    check("My name is John O'Neill and I waited", expect!["My name is [name] and I waited"]);
    check("Gracias a la señora Ruiz", expect!["Gracias a la señora [name]"]);
    check("Me atendió muy bien", expect!["Me atendió muy bien"]);
}

#[test]
fn addresses_are_masked_and_streets_stay() {
    check("Vivo en la calle de Alcalá, 45, 3º B, 28014 Madrid y no llegó", expect!["Vivo en la [place] y no llegó"]);
    check("Enviadlo a C/ Mayor nº 12.", expect!["Enviadlo a [place]."]);
    check("Avda. Libertad 7 piso 2, por favor", expect!["[place], por favor"]);
    check(
        "They left it at 221 Baker Street instead of 10 Downing St.",
        expect!["They left it at [place] instead of [place]."],
    );
    for comment in [
        "La tienda de la calle Mayor está sucia",
        "Esperé 20 minutos en la plaza",
        "En Madrid pagué 12 euros",
        "Pedí 3 cafés en la Avenida",
        "opción c 3 no funciona",
        "I waited 20 minutes in Oxford Street",
        "calle 13",
    ] {
        assert_eq!(mask(comment, &ANALYZER.analyse(comment).personal), comment);
    }
}

#[test]
fn links_with_secrets_are_masked_and_others_stay() {
    check(
        "Miren https://tienda.example/pedido?token=abc123 y https://tienda.example/ofertas.",
        expect!["Miren [link] y https://tienda.example/ofertas."],
    );
    check("see https://example.com/reset/9f86d081884c7d659a2feaa0c55ad015!", expect!["see [link]!"]);
}
