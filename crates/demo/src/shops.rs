//! The forty shops, their countries, zones and currencies, and the tree of units that they form.

use serde_json::{Value, json};

use crate::weather::Climate;

pub(crate) const BRAND: &str = "Café Alameda";
const BRAND_ID: &str = "cafe-alameda";

pub(crate) struct Country {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) currency: &'static str,
    /// Digits of the minor unit by ISO 4217.
    pub(crate) minor_digits: u32,
    /// Minor units for a hundred cents of the price list, as a fraction.
    pub(crate) price: (i64, i64),
    /// Prices are multiples of this many minor units.
    pub(crate) price_step: i64,
    pub(crate) calling_code: &'static str,
    /// Digits of a telephone number after the calling code.
    pub(crate) phone_digits: usize,
    pub(crate) is_southern: bool,
}

#[rustfmt::skip]
pub(crate) const COUNTRIES: [Country; 7] = [
    Country { code: "ES", name: "España", currency: "EUR", minor_digits: 2, price: (100, 100), price_step: 10, calling_code: "34", phone_digits: 9, is_southern: false },
    Country { code: "MX", name: "México", currency: "MXN", minor_digits: 2, price: (1_800, 100), price_step: 100, calling_code: "52", phone_digits: 10, is_southern: false },
    Country { code: "CO", name: "Colombia", currency: "COP", minor_digits: 2, price: (360_000, 100), price_step: 10_000, calling_code: "57", phone_digits: 10, is_southern: false },
    Country { code: "CL", name: "Chile", currency: "CLP", minor_digits: 0, price: (960, 100), price_step: 100, calling_code: "56", phone_digits: 9, is_southern: true },
    Country { code: "AR", name: "Argentina", currency: "ARS", minor_digits: 2, price: (140_000, 100), price_step: 10_000, calling_code: "54", phone_digits: 10, is_southern: true },
    Country { code: "PE", name: "Perú", currency: "PEN", minor_digits: 2, price: (380, 100), price_step: 50, calling_code: "51", phone_digits: 9, is_southern: true },
    Country { code: "UY", name: "Uruguay", currency: "UYU", minor_digits: 2, price: (5_200, 100), price_step: 500, calling_code: "598", phone_digits: 9, is_southern: true },
];

struct Region {
    code: &'static str,
    name: &'static str,
    country: usize,
    zone: &'static str,
    climate: Climate,
    /// Store id, name, daily custom as a weight, and what it has: `p` a car park, `k` a kiosk.
    shops: &'static [(&'static str, &'static str, u32, &'static str)],
}

#[rustfmt::skip]
const REGIONS: [Region; 24] = [
    Region { code: "ES-MD", name: "Comunidad de Madrid", country: 0, zone: "Europe/Madrid", climate: Climate::Mediterranean, shops: &[
        ("ES-MAD-01", "Alameda Gran Vía", 60, "k"), ("ES-MAD-02", "Alameda Chamberí", 40, ""), ("ES-MAD-03", "Alameda Las Rozas", 44, "pk"), ("ES-MAD-04", "Alameda Getafe", 34, "p")] },
    Region { code: "ES-CT", name: "Cataluña", country: 0, zone: "Europe/Madrid", climate: Climate::Mediterranean, shops: &[
        ("ES-BCN-01", "Alameda Gràcia", 46, "k"), ("ES-BCN-02", "Alameda Sant Cugat", 38, "pk")] },
    Region { code: "ES-AN", name: "Andalucía", country: 0, zone: "Europe/Madrid", climate: Climate::Mediterranean, shops: &[
        ("ES-SVQ-01", "Alameda de Hércules", 42, ""), ("ES-AGP-01", "Alameda Málaga Este", 36, "p")] },
    Region { code: "ES-VC", name: "Comunitat Valenciana", country: 0, zone: "Europe/Madrid", climate: Climate::Mediterranean, shops: &[("ES-VLC-01", "Alameda Ruzafa", 38, "p")] },
    Region { code: "ES-PV", name: "Euskadi", country: 0, zone: "Europe/Madrid", climate: Climate::Atlantic, shops: &[("ES-BIO-01", "Alameda Indautxu", 30, "pk")] },
    Region { code: "ES-GA", name: "Galicia", country: 0, zone: "Europe/Madrid", climate: Climate::Atlantic, shops: &[("ES-LCG-01", "Alameda Orzán", 24, "p")] },
    Region { code: "ES-CN", name: "Canarias", country: 0, zone: "Atlantic/Canary", climate: Climate::Dry, shops: &[("ES-LPA-01", "Alameda Las Canteras", 24, "p")] },
    Region { code: "MX-CMX", name: "Ciudad de México", country: 1, zone: "America/Mexico_City", climate: Climate::SummerRain, shops: &[
        ("MX-MEX-01", "Alameda Central", 62, "k"), ("MX-MEX-02", "Alameda Coyoacán", 48, "p"), ("MX-MEX-03", "Alameda Santa Fe", 46, "pk")] },
    Region { code: "MX-NLE", name: "Nuevo León", country: 1, zone: "America/Monterrey", climate: Climate::SummerRain, shops: &[
        ("MX-MTY-01", "Alameda San Pedro", 44, "pk"), ("MX-MTY-02", "Alameda Contry", 30, "p")] },
    Region { code: "MX-JAL", name: "Jalisco", country: 1, zone: "America/Mexico_City", climate: Climate::SummerRain, shops: &[("MX-GDL-01", "Alameda Chapultepec", 40, "p")] },
    Region { code: "MX-PUE", name: "Puebla", country: 1, zone: "America/Mexico_City", climate: Climate::SummerRain, shops: &[("MX-PBC-01", "Alameda Angelópolis", 30, "p")] },
    Region { code: "MX-ROO", name: "Quintana Roo", country: 1, zone: "America/Cancun", climate: Climate::Tropical, shops: &[("MX-CUN-01", "Alameda Kukulcán", 28, "pk")] },
    Region { code: "MX-BCN", name: "Baja California", country: 1, zone: "America/Tijuana", climate: Climate::Dry, shops: &[("MX-TIJ-01", "Alameda Zona Río", 26, "p")] },
    Region { code: "CO-DC", name: "Bogotá", country: 2, zone: "America/Bogota", climate: Climate::Tropical, shops: &[
        ("CO-BOG-01", "Alameda Chapinero", 46, "k"), ("CO-BOG-02", "Alameda Usaquén", 40, "p"), ("CO-BOG-03", "Alameda Chía", 30, "p")] },
    Region { code: "CO-ANT", name: "Antioquia", country: 2, zone: "America/Bogota", climate: Climate::Tropical, shops: &[
        ("CO-MDE-01", "Alameda El Poblado", 44, "pk"), ("CO-MDE-02", "Alameda Laureles", 32, "")] },
    Region { code: "CO-VAC", name: "Valle del Cauca", country: 2, zone: "America/Bogota", climate: Climate::Tropical, shops: &[("CO-CLO-01", "Alameda Granada", 28, "p")] },
    Region { code: "CL-RM", name: "Región Metropolitana", country: 3, zone: "America/Santiago", climate: Climate::SouthernTemperate, shops: &[
        ("CL-SCL-01", "Alameda Lastarria", 44, "k"), ("CL-SCL-02", "Alameda Providencia", 42, "pk"), ("CL-SCL-03", "Alameda Chicureo", 26, "p")] },
    Region { code: "CL-VS", name: "Valparaíso", country: 3, zone: "America/Santiago", climate: Climate::SouthernTemperate, shops: &[("CL-VAP-01", "Alameda Viña", 28, "p")] },
    Region { code: "AR-C", name: "Ciudad de Buenos Aires", country: 4, zone: "America/Argentina/Buenos_Aires", climate: Climate::SouthernTemperate, shops: &[
        ("AR-BUE-01", "Alameda Palermo", 48, "k"), ("AR-BUE-02", "Alameda Caballito", 38, "p"), ("AR-BUE-03", "Alameda Núñez", 36, "p")] },
    Region { code: "AR-X", name: "Córdoba", country: 4, zone: "America/Argentina/Cordoba", climate: Climate::SouthernTemperate, shops: &[("AR-COR-01", "Alameda Nueva Córdoba", 30, "p")] },
    Region { code: "AR-M", name: "Mendoza", country: 4, zone: "America/Argentina/Mendoza", climate: Climate::Dry, shops: &[("AR-MDZ-01", "Alameda Arístides", 24, "p")] },
    Region { code: "PE-LMA", name: "Lima", country: 5, zone: "America/Lima", climate: Climate::Dry, shops: &[
        ("PE-LIM-01", "Alameda Miraflores", 42, "pk"), ("PE-LIM-02", "Alameda Barranco", 34, "")] },
    Region { code: "PE-ARE", name: "Arequipa", country: 5, zone: "America/Lima", climate: Climate::Dry, shops: &[("PE-AQP-01", "Alameda Yanahuara", 24, "p")] },
    Region { code: "UY-MO", name: "Montevideo", country: 6, zone: "America/Montevideo", climate: Climate::SouthernTemperate, shops: &[("UY-MVD-01", "Alameda Pocitos", 30, "p")] },
];

pub(crate) struct Shop {
    pub(crate) store_id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) region: &'static str,
    pub(crate) country: usize,
    pub(crate) zone_name: &'static str,
    /// Position in [`Shops::zones`].
    pub(crate) zone: usize,
    pub(crate) climate: Climate,
    pub(crate) has_parking: bool,
    pub(crate) has_kiosk: bool,
}

pub(crate) struct Shops {
    pub(crate) all: Vec<Shop>,
    pub(crate) zones: Vec<&'static str>,
    /// How much custom each shop has, beside `all`.
    pub(crate) weights: Vec<u32>,
}

impl Shops {
    pub(crate) fn new() -> Shops {
        let mut shops = Shops { all: Vec::new(), zones: Vec::new(), weights: Vec::new() };
        for region in &REGIONS {
            let zone = shops.zones.iter().position(|&zone| zone == region.zone).unwrap_or_else(|| {
                shops.zones.push(region.zone);
                shops.zones.len() - 1
            });
            for &(store_id, name, weight, has) in region.shops {
                shops.weights.push(weight);
                shops.all.push(Shop {
                    store_id,
                    name,
                    region: region.code,
                    country: region.country,
                    zone_name: region.zone,
                    zone,
                    climate: region.climate,
                    has_parking: has.contains('p'),
                    has_kiosk: has.contains('k'),
                });
            }
        }
        shops
    }

    pub(crate) fn country(&self, shop: usize) -> &'static Country {
        &COUNTRIES[self.all[shop].country]
    }

    /// The shops of a country.
    pub(crate) fn of_country(&self, country: usize) -> Vec<usize> {
        (0..self.all.len()).filter(|&shop| self.all[shop].country == country).collect()
    }

    /// The same tree as rows `name,label,parent,kind`, the upper units first.
    pub(crate) fn units_csv(&self) -> String {
        let mut rows = vec!["name,label,parent,kind".to_owned(), format!("{BRAND_ID},{BRAND},,brand")];
        rows.extend(COUNTRIES.iter().map(|country| format!("{},{},{BRAND_ID},country", country.code, country.name)));
        rows.extend(
            REGIONS
                .iter()
                .map(|region| format!("{},{},{},region", region.code, region.name, COUNTRIES[region.country].code)),
        );
        rows.extend(self.all.iter().map(|shop| format!("{},{},{},shop", shop.store_id, shop.name, shop.region)));
        rows.join("\n") + "\n"
    }

    /// The tree brand › country › region › shop, whose leaves carry the `store_id` of the events.
    pub(crate) fn tree(&self) -> Value {
        let shops = |region: &str| -> Vec<Value> {
            let here = self.all.iter().filter(|shop| shop.region == region);
            here.map(|shop| {
                json!({
                    "kind": "shop", "id": shop.store_id, "name": shop.name, "store_id": shop.store_id,
                    "time_zone": shop.zone_name, "has_parking": shop.has_parking, "has_kiosk": shop.has_kiosk,
                })
            })
            .collect()
        };
        let regions = |country: usize| -> Vec<Value> {
            let here = REGIONS.iter().filter(|region| region.country == country);
            here.map(|region| {
                json!({"kind": "region", "id": region.code, "name": region.name, "children": shops(region.code)})
            })
            .collect()
        };
        let countries = COUNTRIES.iter().enumerate().map(|(position, country)| {
            json!({
                "kind": "country", "id": country.code, "name": country.name, "currency": country.currency,
                "minor_digits": country.minor_digits, "children": regions(position),
            })
        });
        json!({
            "format": 1,
            "tree": {"kind": "brand", "id": BRAND_ID, "name": BRAND, "children": countries.collect::<Vec<_>>()},
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn forty_shops_hang_on_the_tree() {
        let shops = Shops::new();
        assert_eq!(shops.all.len(), 40);
        let ids: BTreeSet<&str> = shops.all.iter().map(|shop| shop.store_id).collect();
        assert_eq!(ids.len(), 40);
        assert!(shops.zones.len() >= 12);
        assert!((0..COUNTRIES.len()).all(|country| !shops.of_country(country).is_empty()));

        let csv = shops.units_csv();
        let rows: Vec<Vec<&str>> = csv.lines().skip(1).map(|row| row.split(',').collect()).collect();
        assert_eq!(rows.len(), 1 + 7 + REGIONS.len() + 40);
        let names: BTreeSet<&str> = rows.iter().map(|row| row[0]).collect();
        assert_eq!(names.len(), rows.len(), "a name stands twice");
        assert!(rows.iter().all(|row| row.len() == 4 && (row[2].is_empty() || names.contains(row[2]))), "{csv}");

        let mut leaves = Vec::new();
        collect_leaves(&shops.tree()["tree"], &mut leaves);
        assert_eq!(leaves.len(), 40);
    }

    fn collect_leaves(node: &Value, leaves: &mut Vec<String>) {
        match node["children"].as_array() {
            Some(children) => children.iter().for_each(|child| collect_leaves(child, leaves)),
            None => leaves.push(node["store_id"].as_str().unwrap().to_owned()),
        }
    }
}
