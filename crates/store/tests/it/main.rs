//! The contract of the state: the same cases on SQLite and on a real PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "all of it is test code"
)]

mod annotations;
mod anonymous;
mod builders;
mod contacts;
mod crash;
mod customer_names;
mod customers;
mod database;
mod event_files;
mod event_log;
mod lint;
mod mail;
mod metrics;
mod opening;
mod organisation;
mod ownership;
mod people;
mod postgres;
mod questions;
mod rates;
mod segments;
mod speed;
mod surveys;
mod topics;
mod units;

/// Makes a test of each case on each database. A case that is forgotten here is dead code, and the build says so.
macro_rules! on_both_databases {
    ($($file:ident { $($case:ident,)+ })+) => {
        mod on_sqlite {
            $($(
                #[test]
                fn $case() {
                    crate::$file::$case(&crate::database::Database::sqlite());
                }
            )+)+
        }

        mod on_postgres {
            $($(
                #[test]
                fn $case() {
                    crate::$file::$case(&crate::database::Database::postgres());
                }
            )+)+
        }
    };
}

on_both_databases! {
    event_log {
        a_new_state_is_empty,
        what_was_applied_is_loaded,
        changes_applied_twice_change_nothing,
        changes_of_an_earlier_position_are_ignored,
        changes_that_fail_leave_nothing,
        an_identifier_with_a_second_node_of_the_same_number_fails,
        identifiers_come_one_by_one_in_the_order_of_their_nodes,
        fifty_thousand_identifiers_are_one_batch,
        an_undone_merge_stays_recorded,
        undoing_an_unknown_merge_fails,
        personal_values_are_found_by_id,
        dead_letters_are_listed_page_by_page,
        replayed_dead_letters_are_neither_listed_nor_counted,
        texts_come_back_as_they_went_in,
        the_character_zero_is_refused_everywhere,
    }
    event_files {
        a_catalogue_follows_the_one_before,
        a_catalogue_that_does_not_follow_is_a_conflict,
        of_two_that_publish_at_once_one_wins,
        a_file_cannot_change_or_be_named_twice,
        dropped_files_are_listed_until_they_are_forgotten,
        earlier_versions_can_be_read_until_their_files_are_forgotten,
        numbers_of_files_keep_all_their_bits,
        properties_add_up,
        a_refused_catalogue_adds_no_properties,
        names_longer_than_an_index_takes_are_kept_apart,
    }
    customers {
        identifiers_are_found_by_their_exact_value,
        emails_and_phones_are_found_as_people_write_them,
        identifiers_and_merges_are_listed_by_node,
        many_nodes_are_asked_for_at_once,
        the_latest_trait_wins,
        of_traits_seen_at_one_instant_the_later_in_the_log_wins,
        traits_keep_their_values_as_they_were_written,
        traits_that_are_no_object_are_refused,
    }
    customer_names {
        words_of_names_are_found_by_their_beginnings,
        a_former_name_still_finds,
        what_is_no_name_is_not_found,
        only_so_many_are_read,
        identifiers_are_found_by_their_beginning,
        names_that_were_there_before_are_read_once,
    }
    organisation {
        the_organisation_has_defaults_until_it_is_set,
        keys_are_created_listed_and_revoked,
        a_name_in_use_is_a_conflict_and_free_once_revoked,
        of_many_that_create_one_name_one_wins,
        a_key_with_an_endless_name_is_refused,
        the_newest_audit_entry_comes_first,
        a_change_that_fails_is_not_in_the_audit,
        what_people_say_about_an_activity_replaces_what_they_said,
    }
    units {
        a_tree_is_listed_as_it_was_drawn,
        a_unit_moves_with_what_is_below_it,
        what_would_be_no_tree_changes_nothing,
        of_two_moves_at_once_none_makes_a_ring,
        a_unit_in_use_is_not_deleted,
        a_key_is_bound_to_a_unit_of_the_tree,
        thousands_of_units_come_at_once,
    }
    people {
        people_are_listed_as_they_were_made,
        a_person_is_bound_to_a_unit_of_the_tree_or_not_made,
        of_two_that_set_up_at_once_one_wins,
        the_last_owner_stays,
        sessions_end_with_what_they_were_begun_for,
        old_sessions_make_room,
        browsers_are_known_to_whom_they_belong,
        an_invitation_is_used_once,
        an_invitation_that_is_old_revoked_or_replaced_opens_nothing,
        a_link_for_a_new_password_ends_the_sessions,
    }
    questions {
        a_question_is_kept_changed_and_deleted,
        a_question_that_changed_meanwhile_is_a_conflict,
        two_questions_do_not_share_a_name,
    }
    rates {
        rates_are_listed_as_they_were_entered,
        a_rate_of_the_same_day_replaces_the_one_before,
        a_rate_that_stands_twice_changes_nothing,
        a_rate_is_deleted_by_its_day,
    }
    surveys {
        every_version_of_a_survey_is_kept,
        an_invitation_is_answered_once,
        a_page_that_sends_again_changes_its_own_answer,
        answers_with_and_without_marks_are_told_apart,
        what_comes_by_the_open_link_is_counted_by_day,
        a_used_link_that_is_nobodys_forgets_what_it_was_about,
        no_more_answers_are_kept_than_are_wanted,
        the_outbox_gives_events_back_as_they_were,
    }
    mail {
        an_invitation_and_its_message_are_made_together,
        a_message_waits_until_it_left,
        a_message_that_is_nobodys_forgets_its_invitation,
        what_is_heard_of_a_message_is_noted_once,
        an_address_is_refused_until_somebody_decides_otherwise,
    }
    contacts {
        the_contact_rule_has_a_default_until_it_is_set,
        contacts_are_found_by_any_identifier_and_counted_once,
        a_contact_that_was_none_is_forgotten,
        planned_invitations_wait_until_they_are_due,
    }
    annotations {
        an_annotation_is_kept_changed_and_deleted,
    }
    anonymous {
        what_is_nobodys_is_counted_and_listed_apart,
    }
    metrics {
        a_metric_is_kept_changed_and_deleted,
    }
    segments {
        a_segment_is_kept_and_deleted,
        two_segments_do_not_share_a_name,
    }
    topics {
        topics_are_replaced_and_counted,
        who_comes_second_changes_nothing,
    }
    opening {
        what_was_written_is_there_after_opening_again,
        a_state_of_a_newer_version_is_refused,
        a_state_with_another_history_is_refused,
        the_last_handle_may_be_dropped_in_async_code,
        calls_come_from_blocking_threads_of_an_async_server,
        readers_do_not_wait_for_a_writer,
    }
    crash {
        a_killed_process_leaves_whole_records,
    }
}
