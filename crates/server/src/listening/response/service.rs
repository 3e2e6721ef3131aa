//! Invitations on the timeline, with what came of them and what was known before.

use std::ops::Range;

use domain::ports::ActivityRole;
use domain::time::{DAY_MS, MAX_INSTANT_MS, MIN_INSTANT_MS};
use domain::{Code, Error, Result, SurveyId};
use events::AskedProperty;
use journey::Activities;
use journey::attribution::OnlyWith;
use journey::response::{Invitation, InvitedQuestion, MOST_INVITATIONS, Stages, contrast};

use super::dto::{ResponseBreakdownDto, ResponseDifferenceDto, ResponseDto, ResponseGroupDto};
use crate::app::App;
use crate::auth::Sight;
use crate::finding::FindingDto;
use crate::journeys::{CHANNEL, Extent, MISSING, Moment, UNIT, find_by, find_channels, find_seen, name_values};
use crate::listening::SurveyEvent;
use crate::listening::scores::SURVEY;
use crate::segments::{find_customers, list_segments};

const TOUCHPOINT: &str = "touchpoint";
const SEGMENT: &str = "segment";
/// What was lived so long before an invitation is known before it.
const BEFORE_MS: i64 = 365 * DAY_MS;
/// What comes later than that of an invitation is not waited for.
const AFTER_MS: i64 = 90 * DAY_MS;
const RECENT_MS: i64 = 7 * DAY_MS;
/// A twelfth of a year of 365.25 days.
const MONTH_MS: f64 = 30.4375 * DAY_MS as f64;
/// Groups that are told, and those of them that are compared.
const MOST_GROUPS: usize = 50;
const MOST_COMPARED: usize = 8;
const MOST_SEGMENTS: usize = 12;

/// What a breakdown and the comparison look at: how it is called, and its code of an invitation.
type Facet = (&'static str, &'static str, fn(&Invitation) -> Option<u16>);

const FACETS: [Facet; 3] = [
    (CHANNEL, "channel", |invitation| invitation.channel),
    (UNIT, "unit", |invitation| invitation.unit),
    (TOUCHPOINT, "touchpoint", |invitation| invitation.touchpoint),
];

pub fn compute_response(app: &App, id: SurveyId, extent: &Extent, sight: &Sight) -> Result<ResponseDto> {
    let survey = app.state.surveys.find_survey(id)?.name;
    let mut moment = Moment::now(app, extent, sight)?;
    let over = moment.over()?;
    let mut findings = moment.findings_about(&over, None);
    let period = moment.span();
    let channels = match extent.channels.as_slice() {
        [] => None,
        named => Some(find_channels(&moment, named)?),
    };
    let mut answer = ResponseDto::none(survey.clone(), over);
    let told = period.start.max(MIN_INSTANT_MS)..period.end.min(MAX_INSTANT_MS);
    answer.anonymous = app.state.anonymous.count_anonymous(id, told)?.into();
    // An answer comes after its invitation, and what is known of whoever was invited lies before it.
    moment.widen(BEFORE_MS, AFTER_MS);
    let read = [SURVEY, TOUCHPOINT].map(|name| AskedProperty { name: name.to_owned(), values: Vec::new() });
    moment.read_properties(read)?;
    answer.over.scanned = moment.scanned().iter().cloned().collect();
    let Some(question) = ask_for(&moment, &survey, period, channels)? else {
        let detail = format!("no event says that somebody was invited to `{survey}`");
        findings.push(FindingDto { code: "nobody_invited", detail });
        answer.findings = findings;
        return Ok(answer);
    };
    let invited = moment.ask(question)?;
    if invited.is_cut {
        let detail = format!("there are more than {MOST_INVITATIONS} invitations; ask for a shorter period");
        return Err(Error::new(Code::TooLarge, detail));
    }
    let invitations = invited.invitations;
    answer.uninvited = invited.uninvited;
    answer.whole = Stages::of(&invitations).into();
    let since = app.clock.now_ms() - RECENT_MS;
    answer.recent = invitations.iter().filter(|invitation| invitation.at >= since).count() as u64;
    answer.breakdowns = tell_apart(&moment, &invitations)?;
    answer.breakdowns.extend(by_segment(app, &invitations, sight, &mut findings)?);
    answer.differences = compare(&moment, &invitations)?;
    answer.findings = findings;
    Ok(answer)
}

/// The question about one survey; none where no event is about it.
fn ask_for(
    moment: &Moment,
    survey: &str,
    period: Range<i64>,
    channels: Option<journey::ChannelSet>,
) -> Result<Option<InvitedQuestion>> {
    let seen = moment.see_values([SURVEY, TOUCHPOINT])?;
    let (of_survey, of_touchpoint) = (find_seen(&seen, SURVEY)?, find_seen(&seen, TOUCHPOINT)?);
    let Some(code) = of_survey.find(survey) else { return Ok(None) };
    let of = |event: SurveyEvent| match moment.vocabulary.find(event.activity()) {
        Ok(code) => Activities::of(&[code]),
        // What never happened is no name that anybody has.
        Err(_) => Activities::of(&[]),
    };
    let steps =
        [SurveyEvent::Shown, SurveyEvent::Started, SurveyEvent::Answered, SurveyEvent::Refused, SurveyEvent::Abandoned];
    let with_role = |role| Activities::of(&moment.with_role(role).0);
    Ok(Some(InvitedQuestion {
        sent: of(SurveyEvent::Sent),
        steps: steps.map(of),
        only: Some(OnlyWith { property: of_survey.column(), values: vec![code] }),
        channels,
        period,
        touchpoint: Some(of_touchpoint.column()),
        before: [with_role(ActivityRole::Purchase), with_role(ActivityRole::Contact)],
        before_ms: BEFORE_MS,
    }))
}

fn tell_apart(moment: &Moment, invitations: &[Invitation]) -> Result<Vec<ResponseBreakdownDto>> {
    let mut breakdowns = Vec::new();
    for (by, name, code_of) in FACETS {
        let name_of = name_values(moment, find_by(moment, by)?);
        let groups = Stages::by(invitations, code_of);
        if groups.iter().all(|(code, _)| code.is_none()) {
            continue;
        }
        let groups = groups.into_iter().take(MOST_GROUPS).map(|(code, stages)| ResponseGroupDto {
            value: code.map_or_else(|| MISSING.to_owned(), &name_of),
            stages: stages.into(),
        });
        breakdowns.push(ResponseBreakdownDto { by: name, groups: groups.collect() });
    }
    Ok(breakdowns)
}

/// By the segments that the organisation keeps, as they are now. Somebody may belong to several.
fn by_segment(
    app: &App,
    invitations: &[Invitation],
    sight: &Sight,
    findings: &mut Vec<FindingDto>,
) -> Result<Option<ResponseBreakdownDto>> {
    let mut groups = Vec::new();
    let segments = list_segments(app)?;
    if segments.len() > MOST_SEGMENTS {
        let detail = format!("there are {} segments; the first {MOST_SEGMENTS} are told apart", segments.len());
        findings.push(FindingDto { code: "too_many_segments", detail });
    }
    for segment in segments.into_iter().take(MOST_SEGMENTS) {
        let found = match find_customers(app, segment.id, sight) {
            Ok(found) => found,
            // A segment may name what is not there any more; the others are told all the same.
            Err(error) if error.code == Code::InvalidArgument => {
                let detail = format!("`{}` cannot be asked for: {}", segment.name, error.detail);
                findings.push(FindingDto { code: "segment_not_found", detail });
                continue;
            }
            Err(error) => return Err(error),
        };
        let of_it = invitations.iter().filter(|invitation| found.members.customers.has(invitation.customer));
        groups.push(ResponseGroupDto { value: segment.name, stages: Stages::of(of_it).into() });
    }
    groups.retain(|group| group.stages.invited > 0);
    groups.sort_by_key(|group| std::cmp::Reverse(group.stages.invited));
    Ok((!groups.is_empty()).then_some(ResponseBreakdownDto { by: SEGMENT, groups }))
}

fn compare(moment: &Moment, invitations: &[Invitation]) -> Result<Vec<ResponseDifferenceDto>> {
    let of_all = |number: fn(&Invitation) -> f64| invitations.iter().map(number).collect::<Vec<f64>>();
    let mut names: Vec<(&'static str, Option<String>)> =
        ["purchases", "contacts", "months_known"].map(|name| (name, None)).to_vec();
    let mut known = vec![
        of_all(|it| f64::from(it.before[0])),
        of_all(|it| f64::from(it.before[1])),
        of_all(|it| it.known_ms as f64 / MONTH_MS),
    ];
    for (by, name, code_of) in FACETS {
        let name_of = name_values(moment, find_by(moment, by)?);
        let codes = Stages::by(invitations, code_of).into_iter().filter_map(|(code, _)| code).take(MOST_COMPARED);
        for code in codes {
            names.push((name, Some(name_of(code))));
            let is_one = |invitation: &Invitation| match code_of(invitation) {
                Some(other) => f64::from(u8::from(other == code)),
                None => f64::NAN,
            };
            known.push(invitations.iter().map(is_one).collect());
        }
    }
    let contrasts = contrast(invitations, &known)?;
    let told = names
        .into_iter()
        .zip(contrasts)
        .filter_map(|((kind, value), contrast)| Some(ResponseDifferenceDto::new(kind, value, &contrast?)));
    let mut differences: Vec<ResponseDifferenceDto> = told.collect();
    differences.sort_by(|one, other| other.difference.abs().total_cmp(&one.difference.abs()));
    Ok(differences)
}
