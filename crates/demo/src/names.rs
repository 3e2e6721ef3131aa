//! Names to make people from. All people are invented; whoever has one of these names has it by chance.

#[rustfmt::skip]
pub(crate) const GIVEN: [&str; 80] = [
    "Ana", "Lucía", "María", "Carmen", "Sofía", "Valentina", "Camila", "Isabel", "Elena", "Paula", "Laura", "Marta", "Andrea",
    "Daniela", "Gabriela", "Mariana", "Fernanda", "Ximena", "Renata", "Julia", "Irene", "Nuria", "Pilar", "Rocío", "Teresa",
    "Beatriz", "Alicia", "Claudia", "Silvia", "Patricia", "Verónica", "Adriana", "Natalia", "Carolina", "Victoria", "Emilia",
    "Martina", "Antonella", "Catalina", "Josefina", "Luis", "Carlos", "José", "Juan", "Miguel", "Javier", "Alejandro", "Diego",
    "Mateo", "Santiago", "Sebastián", "Nicolás", "Andrés", "Felipe", "Tomás", "Joaquín", "Martín", "Pablo", "Álvaro", "Sergio",
    "Raúl", "Iván", "Rubén", "Hugo", "Bruno", "Emilio", "Ignacio", "Gonzalo", "Rodrigo", "Esteban", "Ricardo", "Eduardo",
    "Fernando", "Manuel", "Francisco", "Óscar", "Jorge", "Rafael", "Agustín", "Íñigo",
];

#[rustfmt::skip]
pub(crate) const FAMILY: [&str; 88] = [
    "García", "Rodríguez", "González", "Fernández", "López", "Martínez", "Sánchez", "Pérez", "Gómez", "Martín", "Jiménez",
    "Ruiz", "Hernández", "Díaz", "Moreno", "Muñoz", "Álvarez", "Romero", "Alonso", "Gutiérrez", "Navarro", "Torres",
    "Domínguez", "Vázquez", "Ramos", "Gil", "Ramírez", "Serrano", "Blanco", "Molina", "Morales", "Suárez", "Ortega",
    "Delgado", "Castro", "Ortiz", "Rubio", "Marín", "Sanz", "Núñez", "Iglesias", "Medina", "Garrido", "Cortés", "Castillo",
    "Santos", "Lozano", "Guerrero", "Cano", "Prieto", "Méndez", "Cruz", "Calvo", "Gallego", "Vidal", "León", "Márquez",
    "Herrera", "Peña", "Flores", "Cabrera", "Campos", "Vega", "Fuentes", "Carrasco", "Diez", "Reyes", "Caballero", "Nieto",
    "Aguilar", "Pascual", "Santana", "Herrero", "Montero", "Lorenzo", "Hidalgo", "Giménez", "Ibáñez", "Ferrer", "Durán",
    "Quispe", "Mamani", "Rojas", "Soto", "Contreras", "Silva", "Valenzuela", "Etcheverry",
];

/// Domains that nobody can have: reserved by RFC 2606.
pub(crate) const MAIL_DOMAINS: [&str; 4] = ["example.com", "example.org", "example.net", "correo.example"];

/// The letters of a name that an e-mail address takes, without accents.
pub(crate) fn plain(name: &str) -> String {
    let letters = name.chars().filter_map(|letter| match letter.to_lowercase().next()? {
        'á' => Some('a'),
        'é' => Some('e'),
        'í' => Some('i'),
        'ó' => Some('o'),
        'ú' | 'ü' => Some('u'),
        'ñ' => Some('n'),
        plain if plain.is_ascii_alphabetic() => Some(plain),
        _ => None,
    });
    letters.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_plain() {
        assert_eq!(plain("Íñigo"), "inigo");
        assert!(GIVEN.iter().chain(&FAMILY).all(|name| plain(name).chars().count() == name.chars().count()));
    }
}
