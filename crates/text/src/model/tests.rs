use proptest::prelude::*;

use super::{Head, Model, ModelError};

fn small() -> Model {
    let head = |name: &str| Head {
        name: name.to_owned(),
        bits: 4,
        scale: 0.5,
        bias: -1.0,
        slope: 2.0,
        weights: (-8..8).collect(),
    };
    Model { heads: vec![head("feel_es"), head("lang_es")] }
}

#[test]
fn a_model_is_read_as_it_was_written() {
    assert_eq!(Model::read(&small().write()), Ok(small()));
}

#[test]
fn what_is_not_a_model_says_what_to_do() {
    assert_eq!(Model::read(b"PAR1 and so on"), Err(ModelError::NoModel));
    let mut later = small().write();
    later[7] = 9;
    assert_eq!(Model::read(&later), Err(ModelError::OtherVersion { found: 9 }));
    assert_eq!(small().head("feel_pt"), Err(ModelError::NoHead { name: "feel_pt" }));
}

proptest! {
    #[test]
    fn a_flipped_bit_is_detected(place in 8..200_usize, bit in 0..8_u8) {
        let mut bytes = small().write();
        let place = 8 + place % (bytes.len() - 8);
        bytes[place] ^= 1 << bit;
        prop_assert_eq!(Model::read(&bytes), Err(ModelError::Damaged));
    }

    #[test]
    fn any_bytes_are_an_error_and_never_more(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let mut named = b"VIVTEXT\x01".to_vec();
        named.extend(&bytes);
        prop_assert!(Model::read(&bytes).is_err());
        prop_assert!(Model::read(&named).is_err());
    }
}
