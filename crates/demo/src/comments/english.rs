//! What customers say in English, clause by clause, as it is said in England. Clauses begin as in the middle of a sentence
//! and end without a full stop, so that any two can be joined.

use super::Polarity::{Negative, Positive};
use super::Topic::{App, Cleanliness, Delivery, Payment, Price, Promise, Quality, Shop, Staff, Waiting};
use super::{Clauses, Language};

#[rustfmt::skip]
const CLAUSES: [Clauses; 20] = [
    Clauses { topic: Quality, polarity: Positive, texts: &[
        "the coffee is absolutely lovely", "the flat white was spot on", "the cheesecake is to die for", "the croissants were still warm",
        "you can tell the beans are good", "the bacon roll was cracking", "best latte I've had in ages", "everything tasted fresh"] },
    Clauses { topic: Quality, polarity: Negative, texts: &[
        "the coffee was lukewarm at best", "my latte tasted burnt", "the toast was rock hard", "the croissant was clearly yesterday's",
        "I was given cow's milk after asking for oat", "the quality has gone right downhill", "the sandwich had next to nothing in it", "the cake was bone dry"] },
    Clauses { topic: Waiting, polarity: Positive, texts: &[
        "I hardly had to wait", "I was served straight away", "the queue moved ever so quickly", "I was in and out in five minutes",
        "there was no waiting about at all", "I found a parking space first time", "no queue for once"] },
    Clauses { topic: Waiting, polarity: Negative, texts: &[
        "the wait was endless", "it took over a quarter of an hour for one coffee", "the queue was out of the door", "it took them forever to serve me",
        "I spent my whole break queuing", "you go round and round looking for a parking space", "there was only one till open at lunchtime"] },
    Clauses { topic: Price, polarity: Positive, texts: &[
        "the prices are very reasonable", "it's great value for money", "you can't complain at that price", "the breakfast deal is a bargain",
        "the loyalty points really add up", "it's cheaper than anywhere else round here"] },
    Clauses { topic: Price, polarity: Negative, texts: &[
        "the prices have gone through the roof", "it's far too dear for what you get", "breakfast has gone up yet again", "it's a rip-off for a plain filter coffee",
        "charging extra for oat milk is a bit much", "I expected a lot more for the money"] },
    Clauses { topic: Staff, polarity: Positive, texts: &[
        "the staff are lovely", "the girl at the counter couldn't have been kinder", "they always greet you with a smile", "the barista remembered my usual",
        "they sorted out my question with real patience", "I was very well looked after", "such a friendly team"] },
    Clauses { topic: Staff, polarity: Negative, texts: &[
        "the barista didn't even look up", "I was spoken to rather rudely", "the service left a lot to be desired", "nobody could give me a straight answer",
        "I was passed from pillar to post", "there was no word of apology", "the manager was quite short with me"] },
    Clauses { topic: Delivery, polarity: Positive, texts: &[
        "the delivery turned up early", "everything arrived piping hot", "the driver was really friendly", "it was very well packed",
        "the whole order was there and on time", "they brought it right up to the door"] },
    Clauses { topic: Delivery, polarity: Negative, texts: &[
        "the delivery was ever so late", "the coffee had spilt all over the bag", "half the order was missing", "the driver couldn't find the house",
        "everything arrived stone cold", "it took over an hour to get here", "nobody told me the delivery was running late"] },
    Clauses { topic: Payment, polarity: Positive, texts: &[
        "paying with my phone was a doddle", "payment took two seconds", "they take every card going", "I had my refund the same day",
        "contactless worked first time", "the receipt came straight through"] },
    Clauses { topic: Payment, polarity: Negative, texts: &[
        "my payment failed twice", "I was charged twice for the same thing", "they wouldn't take my card", "I'm still waiting for my refund",
        "the card machine was down", "I can't get an invoice out of them"] },
    Clauses { topic: App, polarity: Positive, texts: &[
        "the app works like a dream", "ordering on the app couldn't be easier", "I love being able to order ahead", "the app is really clear",
        "the app saves me queuing", "my points show up in the app by themselves"] },
    Clauses { topic: App, polarity: Negative, texts: &[
        "the app keeps crashing", "the app lost my basket", "the app has been useless since the last update", "the app is painfully slow",
        "the app won't let me finish my order", "it freezes on the payment screen"] },
    Clauses { topic: Cleanliness, polarity: Positive, texts: &[
        "the place is always spotless", "the tables were gleaming", "the loos were immaculate", "it's all so well kept",
        "they wipe the tables the moment you get up", "it's lovely and clean"] },
    Clauses { topic: Cleanliness, polarity: Negative, texts: &[
        "the tables were sticky", "the toilet was disgusting", "there were crumbs all over the floor", "there wasn't a clean table in sight",
        "my cup had lipstick on it", "the bins were overflowing"] },
    Clauses { topic: Promise, polarity: Positive, texts: &[
        "it was ready when they said it would be", "they do what they say", "they said ten minutes and it was ten minutes", "they promised to ring back and they did",
        "it was just as advertised"] },
    Clauses { topic: Promise, polarity: Negative, texts: &[
        "they promised a time and didn't keep it", "they said it would be ready and it wasn't", "they promised to ring back and I'm still waiting",
        "what I'd ordered had run out and nobody told me", "the offer on the poster wasn't true", "I was told it was all there and it wasn't"] },
    Clauses { topic: Shop, polarity: Positive, texts: &[
        "it's a gorgeous little place", "the terrace is a lovely spot", "it's right next to work", "there are plenty of sockets and good light to work by",
        "it has a nice quiet atmosphere", "there's always somewhere to sit"] },
    Clauses { topic: Shop, polarity: Negative, texts: &[
        "the place is far too cramped", "it was freezing inside", "the music was far too loud", "there was nowhere to sit",
        "the car park is badly signposted", "you can't get a pushchair through", "they shut before the time on the door"] },
];

pub(super) const ENGLISH: Language = Language {
    code: "en",
    clauses: &CLAUSES,
    joins: &[" and ", ", ", ". Also, ", "; "],
    contrasts: &[", but ", ", although ", "; mind you, ", ". The thing is, ", ", shame that "],
    short: &["Brilliant!", "All good", "Lovely as always"],
    short_negative: &["Awful", "Really poor", "Never again"],
    email: "My e-mail is {} if you want to get in touch",
    phone: "You can ring me on {}",
    abbreviations: &[
        (" and ", " n "),
        (" you ", " u "),
        ("because", "cos"),
        ("really", "realy"),
        ("friendly", "freindly"),
        ("disgusting", "discusting"),
    ],
};
