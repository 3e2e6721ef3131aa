// Made by `npm run api` from crates/server/openapi.json. Not edited by hand.

export interface paths {
    "/api/v1/activities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the activities seen or edited, with what they mean. A key bound to a unit lists those of the events it sees. */
        get: operations["list_activities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Says what an activity means. */
        put: operations["update_activity"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/annotations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what happened to the company, as people entered it, by day. A key bound to a unit lists what was about its units, and
         *     what was about no unit.
         */
        get: operations["list_annotations"];
        put?: never;
        /** Enters something that happened to the company. */
        post: operations["create_annotation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/annotations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Says anew what happened; what is absent is nothing, not what it was. */
        put: operations["update_annotation"];
        post?: never;
        /** Takes an annotation back. */
        delete: operations["delete_annotation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists who changed what, the newest first. */
        get: operations["list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the channels on which something happened, by name, with how many events. A key bound to a unit lists those of
         *     the events it sees.
         */
        get: operations["list_channels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Looks for comments by their words and by what their events say. */
        get: operations["list_comments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/comments/analysis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reads a comment: its language, how good or bad it sounds, the emotion it shows, how hard it was and what the customer will do,
         *     each with the words that make it so, what it speaks of and how it judges each, and what in it is personal. Nothing is kept.
         */
        post: operations["analyse_comment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/comments/news": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what is new in the comments of the last seven days: the words and topics that are surely more frequent in them than in
         *     the eight weeks before, each with two quotes. `to` asks for a week that is over; `from` and `days` are not taken.
         */
        get: operations["list_comment_news"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/comments/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Chooses a few comments that stand for many: typical, short, different from each other, of every side, and without anything
         *     personal in them that could be found.
         */
        get: operations["choose_quotes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/comments/themes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Computes what comments speak of over time, and how they judge it: shares with intervals of 95 %, and the words that go with
         *     each topic. What goes together is an association.
         */
        get: operations["compute_comment_themes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/comments/{event}/similar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the comments that are like the comment of an event: by the words and topics that they share, rare ones counting
         *     more.
         */
        get: operations["list_similar_comments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-rule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows how often one customer may be interrupted, whatever for. */
        get: operations["show_contact_rule"];
        /** Says how often one customer may be interrupted. It holds from now on, for what is planned already too. */
        put: operations["update_contact_rule"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists customers, those first who were known last; or finds them by what they are known by. A key bound to a unit lists
         *     those that it sees, without what tells who they are, and finds them by id only.
         */
        get: operations["find_customers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows what is known of a customer beside the events, and the value so far. A key bound to a unit sees neither
         *     identifiers nor traits nor merges, and of the events only those below the unit or without unit.
         */
        get: operations["show_customer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists what a customer lived, all of it or what happened in a period, on channels, of kinds. */
        get: operations["list_customer_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists what arrived and is not an event, the oldest first. */
        get: operations["list_dead_letters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dead-letters/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reads dead letters again, after what was wrong has been put right. */
        post: operations["replay_dead_letters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dead-letters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows one dead letter. */
        get: operations["show_dead_letter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dead-letters/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reads one dead letter again, as it came or as it should have been. When it still cannot be read, the answer says why and
         *     nothing changes.
         */
        post: operations["replay_dead_letter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Finds what goes with a score or an outcome: a coefficient for each variable with its interval of 95 %, all other variables and
         *     what was known of the customer before held equal. Several answers of a customer are not taken for independent evidence, and
         *     false discoveries are held down over all variables. Association, never effect.
         */
        get: operations["find_drivers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts what arrived and what became of it. */
        get: operations["count_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Streams every stored event. An answer that breaks off early was not complete. */
        get: operations["export_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/freshness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows for each source when something arrived last, how much lately, and whether it is silent for longer than usual. */
        get: operations["show_freshness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Verifies the checksums of every file of the event log. */
        post: operations["verify_events"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what is odd about the data itself: activities that look like two spellings of one, times that cannot be, properties that
         *     change their type, sources that are silent for longer than usual.
         */
        get: operations["list_findings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings a file in. Rows that are no events are kept as dead letters; bringing the same file in again changes nothing. */
        post: operations["import_events"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says how a file would be read, from its beginning. */
        post: operations["preview_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the one-time links, the open ones and those of the past. */
        get: operations["list_invitations"];
        put?: never;
        /** Invites somebody. The link is answered this once, to be handed over; an earlier one for the same e-mail is revoked. */
        post: operations["create_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Uses a one-time link: makes the person or gives them another password, and signs in. A request carries `X-Vivencia: 1`. */
        post: operations["accept_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/show": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Shows what a one-time link is for. One that cannot be used any more answers like one that never was. */
        post: operations["show_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revokes a one-time link that was not used. */
        delete: operations["revoke_invitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/attribution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Computes what the outcomes owe to the channels or touchpoints that came before them. */
        get: operations["compute_attribution"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists what changed in a week beyond what weeks differ anyway: activities with unusual volumes, new ones, vanished ones. */
        get: operations["list_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the customers behind an element of a map, of paths or of a funnel: as many as the number on it says. A key bound
         *     to a unit sees their ids and not who they are.
         */
        get: operations["list_customers_behind"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/daily": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists how often each activity happened on each day, and to how many customers. */
        get: operations["list_daily_counts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/effort": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Computes what it takes customers to reach an activity: steps, contacts, channels, waiting and time. */
        get: operations["compute_effort"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/frictions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what hinders customers (loops, repeated contacts, long waits, errors, abandonment), those first that cost most
         *     customers against comparable ones.
         */
        get: operations["list_frictions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/funnel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Computes how many customers take steps in order within a window, and how long each step takes them. */
        get: operations["compute_funnel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/life-cycle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Computes how many customers of each day, week or month are new, returning, resurrected, or dormant since. */
        get: operations["compute_life_cycle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Computes which activity directly follows which. */
        get: operations["compute_map"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/paths": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the paths that customers took from an activity on, to it, through it, or from their start. */
        get: operations["list_paths"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Computes how many of those who began in the same day, week or month came back in each one after. */
        get: operations["compute_retention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the keys, revoked ones included, without their secrets. */
        get: operations["list_keys"];
        put?: never;
        /** Makes a key. Its secret is in this answer only. */
        post: operations["create_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revokes a key for ever. */
        delete: operations["revoke_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tells what arrives while it arrives, as server-sent events: `counts`, `events` (at most 50 at once, and how many were left
         *     out) and `dead`, twice a second at most. A comment every 15 seconds shows that the connection lives. It ends when the server
         *     stops or the key is revoked; 64 may listen.
         */
        get: operations["watch_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail/refusals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the addresses that no message is sent to, and why. */
        get: operations["list_mail_refusals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail/refusals/{address}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Lets an address be written to again, whatever the reasons were. */
        delete: operations["remove_mail_refusal"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a message that came back: that an address takes no mail, or that somebody calls a message unwanted. */
        post: operations["take_mail_report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a plain message at once and says what the mail server answered. */
        post: operations["test_mail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/merges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Merges two customers because a person knows that they are one. It can be undone. */
        post: operations["merge_customers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/merges/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Undoes a merge; its two parts are not merged again by themselves. */
        post: operations["undo_merge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the metrics: how answers become a score, with the source of the definition and an example. Those that come with the
         *     program first.
         */
        get: operations["list_metrics"];
        put?: never;
        /** Defines a metric. Its example is its test: where the formula comes to another score than the example says, it is refused. */
        post: operations["create_metric"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Defines a metric of one's own anew, also for answers that were given already. */
        put: operations["update_metric"];
        post?: never;
        /** Deletes a metric of one's own. Answers stay what they are; questions that name the metric are refused from then on. */
        delete: operations["delete_metric"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organisation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows how the organisation is called and counts. */
        get: operations["show_organisation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes how the organisation is called and counts. */
        patch: operations["update_organisation"];
        trace?: never;
    };
    "/api/v1/properties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the properties that sealed events bring, by activity, with their types; a change of type is a finding. */
        get: operations["list_properties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the questions that the organisation keeps. */
        get: operations["list_questions"];
        put?: never;
        /** Keeps a question for everybody in the organisation. */
        post: operations["create_question"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/questions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows a question that the organisation keeps. */
        get: operations["show_question"];
        /** Changes a question, unless somebody else did since it was read. */
        put: operations["update_question"];
        post?: never;
        /** Deletes a question for everybody. */
        delete: operations["delete_question"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the exchange rates by currency and day. */
        get: operations["list_rates"];
        /** Enters exchange rates into the organisation's currency, all or none. */
        put: operations["update_rates"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rates/{currency}/{valid_from}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Enters what a currency is worth in the organisation's from a day on. */
        put: operations["update_rate"];
        post?: never;
        /** Takes an exchange rate back. */
        delete: operations["delete_rate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Computes a score with its interval of 95 %, over all of the period and in each part of it. Several answers of one customer
         *     are not taken for independent evidence.
         */
        get: operations["compute_scores"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the segments of customers that the organisation keeps. */
        get: operations["list_segments"];
        put?: never;
        /** Keeps a segment of customers for everybody in the organisation. It never changes what it means. */
        post: operations["create_segment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows a segment that the organisation keeps. */
        get: operations["show_segment"];
        put?: never;
        post?: never;
        /** Deletes a segment for everybody. Questions that name it are refused from then on. */
        delete: operations["delete_segment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{id}/sizes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counts who belongs to a segment now, and who did at the beginning of each of the last weeks. A key bound to a unit
         *     counts the customers it sees.
         */
        get: operations["count_segment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows who asks, by session or by key, and what they may do. */
        get: operations["show_session"];
        put?: never;
        /** Signs in with e-mail and password. The answer sets the cookie of the session; a request carries `X-Vivencia: 1`. */
        post: operations["begin_session"];
        /** Signs out: the session ends, here and everywhere its cookie may have come to. */
        delete: operations["end_session"];
        options?: never;
        head?: never;
        /** Changes the name or the language of the person who is signed in. */
        patch: operations["update_me"];
        trace?: never;
    };
    "/api/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes the password of the person who is signed in. Their other sessions end. */
        post: operations["change_my_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists where the person is signed in, the latest used first. */
        get: operations["list_my_sessions"];
        put?: never;
        post?: never;
        /** Ends every session of the person but the one that asks. */
        delete: operations["end_my_other_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends one session of the person. */
        delete: operations["end_my_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Says that the installation waits for its first owner; afterwards there is nothing here. */
        get: operations["show_setup"];
        put?: never;
        /**
         * Makes the first owner and sets the organisation, and signs in. The token is in the address that the server writes when it
         *     starts. A request carries `X-Vivencia: 1`.
         */
        post: operations["set_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/surveys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the surveys, with how many people came how far. */
        get: operations["list_surveys"];
        put?: never;
        /** Makes a survey out of its file. It is a draft until it is opened. */
        post: operations["create_survey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/surveys/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says what is wrong with a survey's file and shows its page, without keeping anything. */
        post: operations["check_survey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/surveys/examples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the files of the surveys that come with the program, to begin with. */
        get: operations["list_survey_examples"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/surveys/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says how many answers a survey's file may expect each week and who would be asked, from what happened in the last four weeks.
         *     Nothing is kept.
         */
        post: operations["forecast_survey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/surveys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows a survey with its newest version. */
        get: operations["show_survey"];
        /** Makes a file the next version of a survey. Answers that are being given keep the version they began with. */
        put: operations["update_survey"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/surveys/{id}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes links for people, all or none. Each can be answered once; its secret is shown this once. */
        post: operations["invite_to_survey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/surveys/{id}/planned": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts whom a survey is about to invite by itself, and what became of those before. */
        get: operations["count_planned_invitations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/surveys/{id}/qr.svg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Draws the open link of a survey as a QR code, with what its answers are about. */
        get: operations["draw_survey_code"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/surveys/{id}/response": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Computes how many of those who were invited to a survey in a period answered, with its interval of 95 %, by channel, unit,
         *     touchpoint and segment; and how those who answered differ from those who did not in what was known of them before.
         *     Association, never effect.
         */
        get: operations["compute_response"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/surveys/{id}/responses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists what was answered, the newest first, partial answers included. */
        get: operations["list_survey_responses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/surveys/{id}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Opens a survey, closes it, or makes it a draft again. */
        put: operations["set_survey_state"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/surveys/{id}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows the file of one version of a survey. */
        get: operations["show_survey_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the topics that comments are read by: those of the program and what the organisation says of them. */
        get: operations["list_topics"];
        /**
         * Says which topics the organisation has of its own and how it changes those of the program: all of them at once. Comments that
         *     come from now on are read by them, and those that are there are found by them too. Events do not change.
         */
        put: operations["update_topics"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topics/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says in how many of the newest comments a draft of a topic would be found, what each of its expressions finds, and which of its
         *     own examples it misses. Nothing is kept.
         */
        post: operations["check_topic"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the units of the tree and those that events name, by name. A key bound to a unit lists those below it. */
        get: operations["list_units"];
        /** Adds units to the tree or changes them, all or none. */
        put: operations["update_units"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Adds a unit to the tree or changes it. */
        put: operations["update_unit"];
        post?: never;
        /** Takes a unit out of the tree when nothing hangs under it and no key is bound to it. Its events stay. */
        delete: operations["delete_unit"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the people, disabled ones included. */
        get: operations["list_users"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes what a person may see, or whether they may sign in. Their sessions end at once. */
        patch: operations["update_user"];
        trace?: never;
    };
    "/api/v1/users/{id}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a one-time link with which a person gives themselves another password. It is answered this once. */
        post: operations["reset_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pixel/{method}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Takes the event of an image in. The answer is always the image: readers of e-mails must not see a failure. */
        get: operations["collect_pixel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{key}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows a browser or a phone where to send. */
        get: operations["show_client_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{call}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes events in: one (`track`, `page`, `screen`, `identify`, `group`, `alias`, or the first letter of these) or many
         *     (`batch`, `b`, `import`). What cannot be an event is kept as a dead letter and never fails the others.
         */
        post: operations["collect_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Everything sent is on the disk. */
        Accepted: {
            success: boolean;
        };
        Activities: {
            activities: components["schemas"]["Activity"][];
        };
        /** @description An activity with what it means. */
        Activity: {
            /** @description The activity as which the events of this one count. */
            alias_of?: string | null;
            /** @description Whether a person has edited it; otherwise these are the defaults for its name. */
            is_edited: boolean;
            /** @description Whether an event with it has been seen. */
            is_seen: boolean;
            name: string;
            /** @description Property with the reason. */
            reason_property?: string | null;
            /** @description `contact`, `wait`, `error`, `purchase`, `refund` or `refusal`. */
            role?: string | null;
            /** @description Property with the duration of a wait, in seconds. */
            wait_property?: string | null;
        };
        /** @description The volume of an activity against what the weeks before let expect. */
        ActivityChange: {
            activity: string;
            /**
             * Format: int64
             * @description Events in the week.
             */
            events: number;
            /**
             * Format: double
             * @description Events expected.
             */
            expected: number;
            /**
             * Format: double
             * @description The share of chance among this change and all more surprising ones.
             */
            false_discovery: number;
            /** Format: double */
            high: number;
            /** @description Whether the same week a year ago says what to expect. */
            is_seasonal: boolean;
            /**
             * Format: double
             * @description In this range, both ends included, lie 95 % of weeks in which nothing changed.
             */
            low: number;
            /**
             * Format: double
             * @description How probable a count at least as far off is if nothing changed.
             */
            p_value: number;
            /** @description Events of those weeks and of the week itself, the oldest first. */
            weeks: number[];
            /** @description Weeks it was compared with. */
            weeks_before: number;
        };
        ActivityDays: {
            activity: string;
            /** @description Distinct, of each day. */
            customers: number[];
            /** @description Of each day. */
            events: number[];
        };
        /** @description What an activity means from now on; what is absent is nothing, not what it was. */
        ActivityMeaning: {
            alias_of?: string | null;
            reason_property?: string | null;
            role?: string | null;
            wait_property?: string | null;
        };
        /** @description What customers did after dropping out. */
        AfterDropping: {
            /**
             * Format: int64
             * @description Those who dropped out here.
             */
            customers: number;
            /** @description The most frequent activities that followed, at most 8. */
            next: components["schemas"]["NextActivity"][];
            /** @description All other activities together. */
            other: components["schemas"]["Others"];
        };
        /** @description An exact amount in the minor unit of its currency. */
        Amount: {
            currency: string;
            kind: string;
            /** Format: int64 */
            minor: number;
        };
        /** @description Amounts of one currency, in its minor units. */
        Amounts: {
            /** Format: int64 */
            cost_minor: number;
            /** @example EUR */
            currency: string;
            /**
             * Format: int64
             * @description Events with an amount.
             */
            events: number;
            /**
             * Format: int64
             * @description Revenue without refunds and cost.
             */
            net_minor: number;
            /** Format: int64 */
            refunds_minor: number;
            /** Format: int64 */
            revenue_minor: number;
        };
        /** @description Something that happened to the company, as somebody entered it. */
        Annotation: {
            /** @description The only channel that it was about. */
            channel?: string | null;
            created_at: string;
            created_by: string;
            /**
             * @description Of the organisation's calendar.
             * @example 2026-03-28
             */
            first_day: string;
            /** @example ann_3 */
            id: string;
            /**
             * @description `release`, `incident`, `campaign` or `other`.
             * @example incident
             */
            kind: string;
            /**
             * @description Included; the first one, of what happened on a single day.
             * @example 2026-03-30
             */
            last_day: string;
            text: string;
            /** @description The only unit that it was about, with those below. */
            unit?: string | null;
        };
        Annotations: {
            /** @description By the day on which they began. */
            annotations: components["schemas"]["Annotation"][];
        };
        /** @description What belongs to nobody: links without customer that were made in the period, and answers that were given in it. */
        AnonymousCounts: {
            /** Format: int64 */
            answered: number;
            /**
             * Format: int64
             * @description Answers that were sent, by the open link too.
             */
            complete: number;
            /**
             * Format: int64
             * @description Links for one use.
             */
            invitations: number;
            /**
             * Format: int64
             * @description Answers that were begun and not sent, by the open link too.
             */
            partial: number;
            /** Format: int64 */
            refused: number;
            /** Format: int64 */
            shown: number;
            /** Format: int64 */
            started: number;
        };
        /** @description A comment that answers a question. */
        AnsweredComment: components["schemas"]["CommentAnalysis"] & {
            question: string;
        };
        /** @description What outcomes owe to what. An association: who is likely to come to the outcome anyway has touches too. */
        Attribution: {
            /**
             * @description `channel` or `touchpoint`.
             * @example channel
             */
            by: string;
            /** @description Those with the most of the linear model first. */
            credits: components["schemas"]["TouchCredit"][];
            findings: components["schemas"]["Finding"][];
            /** Format: int64 */
            outcomes: number;
            over: components["schemas"]["Over"];
            /**
             * @description `since_outcome_before` or `whole_window`.
             * @example since_outcome_before
             */
            path: string;
            value?: null | components["schemas"]["OutcomeValue"];
            /** Format: int64 */
            window_ms: number;
            /**
             * Format: int64
             * @description Those without a touch in the window; they are credited to nobody.
             */
            without_touch: number;
        };
        Audit: {
            entries: components["schemas"]["AuditEntry"][];
            /** @description What to send as `after` to go on; none at the end. */
            next?: string | null;
        };
        /** @description One line of the record of who changed what. */
        AuditEntry: {
            /** @example key.create */
            action: string;
            actor: string;
            at: string;
            detail: unknown;
            subject: string;
        };
        /** @description An event that led to another one. */
        Cause: {
            /** @example Order Completed */
            activity?: string | null;
            channel?: string | null;
            id: string;
            occurred_at: string;
            /** Format: int64 */
            seq: number;
        };
        /** @description What changed in one week. */
        Changes: {
            /** @description Those whose volume changed beyond noise, the most surprising first. */
            changed: components["schemas"]["ActivityChange"][];
            /** @description Activities whose volume was compared. */
            compared: number;
            /**
             * Format: double
             * @description Of the changes that are told, at most this share is chance, in the long run.
             */
            false_discovery_rate: number;
            findings: components["schemas"]["Finding"][];
            /**
             * @description First day of the week in question, of the organisation's calendar; none when there is no full week.
             * @example 2026-10-19
             */
            from?: string | null;
            /** @description Activities first seen in this week. */
            new: components["schemas"]["NewActivity"][];
            /** @description The day after its last. */
            to?: string | null;
            /** @description Activities that happened in most weeks before and not in this one. */
            vanished: components["schemas"]["ActivityChange"][];
            /** @description Weeks before it that were compared, at most 12. */
            weeks_before: number;
        };
        Channel: {
            /** Format: int64 */
            events: number;
            /** @example web */
            name: string;
        };
        /** @description The channels on which something happened. */
        Channels: {
            /** @description By name; events without channel are `(none)`, at the end. */
            channels: components["schemas"]["Channel"][];
        };
        CheckedExpression: {
            /**
             * Format: int64
             * @description In how many of the comments that were read it is found.
             */
            comments: number;
            /** @example fideliz* */
            expression: string;
            /** @description `es` or `en`. */
            language: string;
        };
        /** @description What a draft would find among the comments that there are. */
        CheckedTopic: {
            /** @description A few comments in which the draft is found: first those in which it is not found today. */
            comments: components["schemas"]["Comment"][];
            /** @description Those of the draft, each by itself: which finds too much, and which nothing. */
            expressions: components["schemas"]["CheckedExpression"][];
            /**
             * Format: int64
             * @description Of those that were read, in how many the draft is found.
             */
            found: number;
            /**
             * Format: int64
             * @description Of these, in how many the topic of this id is not found today.
             */
            gained: number;
            /**
             * Format: int64
             * @description Of those that were read, in how many it is found today and would not be any more.
             */
            lost: number;
            /** @description The examples of the draft in which it is not found. */
            missed: components["schemas"]["MissedExample"][];
            /**
             * Format: int64
             * @description Comments that were read: the newest.
             */
            read: number;
            /**
             * Format: int64
             * @description All there are.
             */
            total: number;
        };
        Cohort: {
            /**
             * Format: int64
             * @description Those who began in it.
             */
            customers: number;
            /**
             * @description The first day of it, of the organisation's calendar.
             * @example 2026-03-02
             */
            first_day: string;
            /** @description First instant of the day, week or month. */
            from: string;
            /** @description Those who came back, by how many days, weeks or months after. The first: in the same one, after they began. */
            returned: components["schemas"]["Returned"][];
            /** @description The first instant after it. */
            to: string;
        };
        /** @description What a customer wrote, with what its event says. */
        Comment: {
            /**
             * @description What the customer did with it.
             * @example Survey Answered
             */
            activity: string;
            /** @description What was answered beside it, by metric: `nps`, `csat`, `ces`, `rating`. */
            answers: {
                [key: string]: number;
            };
            channel?: string | null;
            /**
             * @description Whose it is today; absent for whoever may not read customers.
             * @example cus_17
             */
            customer?: string | null;
            /** @example evt_5f2b8c0d1e3a47698b7c6d5e4f3a2b1c */
            event: string;
            /** @description `es`, `en`, or none where it is neither or cannot be told. */
            language?: string | null;
            occurred_at: string;
            /** @description The text in pieces, those that were looked for apart. Joined they are the text. */
            parts: components["schemas"]["CommentPart"][];
            /**
             * Format: double
             * @description -1 (bad) to 1 (good).
             */
            score?: number | null;
            /**
             * @description `negative`, `neutral` or `positive`; none where there is nothing to judge by.
             * @example negative
             */
            sentiment?: string | null;
            /** @description The name of the survey that it answers. */
            survey?: string | null;
            /**
             * @description Without e-mails, telephone numbers and the like for whoever may not read personal data.
             * @example Esperas de media hora
             */
            text: string;
            topics: components["schemas"]["SaidTopic"][];
            touchpoint?: string | null;
            unit?: string | null;
        };
        /** @description What is known of a comment. */
        CommentAnalysis: {
            effort?: null | components["schemas"]["Said"];
            emotion?: null | components["schemas"]["Said"];
            intention?: null | components["schemas"]["Said"];
            /**
             * @description `es`, `en`, or none where it is neither or cannot be told.
             * @example es
             */
            language?: string | null;
            /**
             * @description The comment with e-mails, telephone numbers and the like replaced by what they are.
             * @example Llámeme al [phone]
             */
            masked: string;
            sentiment?: null | components["schemas"]["Sentiment"];
            /** @description By what means it was read: `ngrams` or `encoder`. What is neither Spanish nor English stays with `ngrams`. */
            tier: string;
            /** @description What it speaks of, in the order of the comment. */
            topics: components["schemas"]["TopicMention"][];
        };
        /** @description What is new in comments. */
        CommentNews: {
            /** @description The first day of the time before, which ends where the week begins. */
            before_from: string;
            /**
             * Format: int64
             * @description Comments of the week, and of the time before.
             */
            comments: number;
            /** Format: int64 */
            comments_before: number;
            /**
             * Format: int64
             * @description Words and topics that were compared.
             */
            compared: number;
            findings: components["schemas"]["Finding"][];
            /**
             * @description The first day of the week.
             * @example 2026-03-24
             */
            from: string;
            /**
             * Format: int64
             * @description Of fewer comments in either, nothing is called new.
             */
            minimum: number;
            /** @description The surest first. At most one in twenty of them is there by chance. */
            news: components["schemas"]["CommentNewsItem"][];
            /**
             * @description The day after its last.
             * @example 2026-03-31
             */
            to: string;
        };
        /** @description Something that is more frequent than before. */
        CommentNewsItem: {
            /** @description In those before. */
            before: components["schemas"]["CommentShare"];
            /**
             * Format: int64
             * @description Who said it in the week.
             */
            customers: number;
            /**
             * Format: double
             * @description The share of false discoveries among all that are as sure.
             */
            false_discovery_rate: number;
            /**
             * Format: double
             * @description Upper end of the interval of 95 %.
             */
            high: number;
            /** @description How the topic is judged: `negative`, `neutral` or `positive`; absent where that does not matter. */
            judgement?: string | null;
            /** @description `word` or `topic`. */
            kind: string;
            /**
             * Format: double
             * @description Lower end of the interval of 95 %.
             */
            low: number;
            /** @description In the comments of the week. */
            now: components["schemas"]["CommentShare"];
            /**
             * Format: double
             * @description So many times the odds of before, drawn towards no difference where few say it: 2 is twice.
             */
            odds_ratio: number;
            /** @description Two that stand for those who say it. */
            quotes: components["schemas"]["Comment"][];
            /**
             * @description The word as it is mostly written, or the topic.
             * @example cremallera
             */
            what: string;
        };
        CommentPart: {
            /** @description Whether it is what was looked for. */
            is_match: boolean;
            text: string;
        };
        /** @description A share of comments with its interval of 95 % (Wilson). Several comments of one customer count like those of several. */
        CommentShare: {
            /**
             * Format: int64
             * @description How many.
             */
            comments: number;
            /** Format: double */
            high: number;
            /** Format: double */
            low: number;
            /**
             * Format: double
             * @description 0 to 1.
             */
            share: number;
        };
        /** @description What comments speak of. */
        CommentThemes: {
            every: components["schemas"]["Every"];
            findings: components["schemas"]["Finding"][];
            /**
             * Format: int64
             * @description Of fewer comments no share is told.
             */
            minimum: number;
            over: components["schemas"]["Over"];
            /** @description In order. */
            periods: components["schemas"]["ThemePeriod"][];
            /** @description Those with most comments first. */
            themes: components["schemas"]["Theme"][];
            /**
             * Format: int64
             * @description Which version of the topics comments are read by.
             */
            topics_version: number;
            /** @description All comments. */
            whole: components["schemas"]["ThemeSentiment"];
        };
        /** @description Comments that were found. */
        Comments: {
            comments: components["schemas"]["Comment"][];
            findings: components["schemas"]["Finding"][];
            /** @description Where the next page begins; absent on the last one. */
            next?: string | null;
            /**
             * @description `relevance` or `newest`; without words to look for it is the newest.
             * @example relevance
             */
            sort: string;
            /**
             * Format: int64
             * @description Which version of the topics they are read by.
             */
            topics_version: number;
            /**
             * Format: int64
             * @description All that fit, on whatever page: counted, not estimated.
             */
            total: number;
        };
        /** @description How often one customer may be interrupted, whatever for. */
        ContactRule: {
            /**
             * Format: int32
             * @description Days between two contacts at least: 0 to `days`.
             * @example 7
             */
            apart_days: number;
            /**
             * Format: int32
             * @description 1 to 365.
             * @example 30
             */
            days: number;
            /**
             * Format: int32
             * @description Hour, in the time zone of the organisation, from which on somebody is contacted: 0 to 23.
             * @example 9
             */
            from_hour: number;
            /**
             * Format: int32
             * @description Contacts in any span of `days` days: 1 to 100.
             * @example 2
             */
            most: number;
            /**
             * Format: int32
             * @description Hour from which on nobody is contacted any more: above `from_hour`, to 24.
             * @example 21
             */
            until_hour: number;
        };
        /** @description What to read instead of what came; what came, unless told. */
        Correction: {
            /** @description The event, or the row of the file, as it should have been. What came stays recorded. */
            raw?: string | null;
        };
        /** @description `received = stored + duplicate + dead`, at every moment. */
        Counts: {
            /** Format: int64 */
            dead: number;
            /** Format: int64 */
            duplicate: number;
            /** Format: int64 */
            received: number;
            /** Format: int64 */
            stored: number;
        };
        /** @description A one-time link, shown this once, to be handed to whom it is for. */
        CreatedInvitation: {
            /** @description A one-time link without its secret. */
            invitation: {
                created_at: string;
                email: string;
                expires_at: string;
                /** @example inv_3 */
                id: string;
                /** @description `invite` or `reset` (a new password). */
                kind: string;
                role: string;
                /** @description `open`, `used`, `revoked` or `expired`. */
                status: string;
                unit?: string | null;
            };
            /** @description The whole address, where the server knows its own. */
            link?: string | null;
            /**
             * @description Where it leads, below the address of the installation.
             * @example /invitation#token=viv_…
             */
            path: string;
        };
        /** @description A new key with its secret, which is not shown again. */
        CreatedKey: {
            id: string;
            /** @example viv_… */
            key: string;
            name: string;
            scope: string;
        };
        Credit: {
            /**
             * Format: double
             * @description Upper end of the share's interval of 95 %; none for removal effects.
             */
            high?: number | null;
            /**
             * Format: double
             * @description Lower end of the share's interval of 95 %; none for removal effects.
             */
            low?: number | null;
            /** Format: double */
            outcomes: number;
            /**
             * Format: double
             * @description Of all outcomes that have a touch, 0 to 1.
             */
            share: number;
            /**
             * Format: double
             * @description What the outcomes are worth; only when asked for.
             */
            value?: number | null;
        };
        /** @description A customer with everything known beside the events. */
        Customer: {
            /**
             * Format: int64
             * @description Of all kinds.
             */
            events: number;
            first_event_at?: string | null;
            id: string;
            identifiers: components["schemas"]["Identifier"][];
            last_event_at?: string | null;
            merges: components["schemas"]["Merge"][];
            traits: components["schemas"]["Trait"][];
            value: components["schemas"]["Value"];
        };
        /** @description A customer as part of a preview. */
        CustomerPart: {
            customer: string;
            /** Format: int64 */
            events: number;
            nodes: string[];
        };
        /** @description A customer in a list. */
        CustomerRow: {
            /**
             * Format: int64
             * @description Over all time.
             */
            activities: number;
            first_activity_at?: string | null;
            /** @example cus_17 */
            id: string;
            /** @description A few, the most telling first; none for a key bound to a unit. */
            identifiers: components["schemas"]["Identifier"][];
            last_activity_at?: string | null;
            /** @description From the traits; none when no trait is a name, or for a key bound to a unit. */
            name?: string | null;
        };
        /** @description Customers of a list or of a search. */
        Customers: {
            /** @description Of a list those first who were known last, of a search the best first. */
            customers: components["schemas"]["CustomerRow"][];
            /** @description Whether so many fit the search that only a part of them was looked at: say more of the name. */
            is_partial: boolean;
            /** @description What to send as `after` to go on; none at the end. */
            next?: string | null;
        };
        /** @description The customers behind an element of an answer. */
        CustomersBehind: {
            /** @description By id. */
            customers: components["schemas"]["CustomerRow"][];
            findings: components["schemas"]["Finding"][];
            /** @description What to send as `after` to go on; none at the end. */
            next?: string | null;
            over: components["schemas"]["Over"];
            /**
             * Format: int64
             * @description All of them, on whatever page: the number on the element.
             */
            total: number;
        };
        /** @description Customers lost beyond what comparable ones let expect, each with its interval of 95 %. */
        CustomersLost: {
            /** Format: double */
            customers: number;
            /**
             * Format: double
             * @description The difference of the shares lost, -1 to 1.
             */
            difference: number;
            /** Format: double */
            difference_high: number;
            /** Format: double */
            difference_low: number;
            /** Format: double */
            high: number;
            /** Format: double */
            low: number;
        };
        /** @description What happened how often on which day. */
        Daily: {
            /** @description Those that happened, by name. */
            activities: components["schemas"]["ActivityDays"][];
            /** @description Of the organisation's calendar, in order. */
            days: string[];
            findings: components["schemas"]["Finding"][];
            over: components["schemas"]["Over"];
        };
        /** @description Something odd about the data. */
        DataFinding: {
            /** @description What it is about: names of activities, of an activity and its property, of a source. */
            about: string[];
            /**
             * @description `two_spellings`, `impossible_times`, `property_type_changed` or `source_late`.
             * @example two_spellings
             */
            code: string;
            detail: string;
            /**
             * Format: int64
             * @description Events that are concerned, where they are known.
             */
            events?: number | null;
        };
        DataFindings: {
            findings: components["schemas"]["DataFinding"][];
        };
        /** @description How many dead letters of a source have a code. */
        DeadCount: {
            /** @example missing_identifier */
            code: string;
            /** Format: int64 */
            letters: number;
            source: string;
        };
        /** @description Something received that is not an event. */
        DeadLetter: {
            /** @example missing_identifier */
            code: string;
            detail: string;
            /** @description `call`, as clients send it, or `row` of a file. */
            form: string;
            /** @example ded_5 */
            id: string;
            /**
             * Format: int64
             * @description Position in the batch, or line of the file.
             */
            index: number;
            /** @description The bytes as they came, when they are text. */
            raw?: string | null;
            /** @description The bytes as they came, when they are no text. */
            raw_base64?: string | null;
            received_at: string;
            source: string;
        };
        DeadLetters: {
            /** @description All there are, whatever the list is limited to; the most first. */
            counts: components["schemas"]["DeadCount"][];
            dead_letters: components["schemas"]["DeadLetter"][];
            /** @description What to send as `after` to go on; none at the end. */
            next?: string | null;
        };
        /** @description A row that is no event. */
        DeadRow: {
            /** @example invalid_time */
            code: string;
            detail: string;
            /**
             * Format: int64
             * @description Of the file, from 1.
             */
            line: number;
        };
        Driver: components["schemas"]["DriverVariable"] & {
            /**
             * Format: double
             * @description The same, adjusted for the number of variables asked about (Benjamini and Hochberg).
             */
            adjusted_p: number;
            /**
             * Format: double
             * @description Units of the outcome for one more of the variable, all else the same.
             */
            coefficient: number;
            /**
             * Format: double
             * @description Degrees of freedom of the interval: about as many customers as it rests on.
             */
            degrees: number;
            /**
             * Format: double
             * @description Upper end of the interval of 95 %.
             */
            high: number;
            /**
             * Format: double
             * @description Its part of the variance of the outcome, 0 to 1: those of all add up to what is explained beyond what was known before. It
             *     ranks and proves nothing.
             */
            importance: number;
            /**
             * Format: double
             * @description How many times the other variables inflate the variance of the coefficient (VIF).
             */
            inflation: number;
            /** @description Whether the adjusted p is below 0.05. */
            is_found: boolean;
            /**
             * Format: int64
             * @description Answers of which it is known; of the others nothing is supposed.
             */
            known: number;
            /**
             * Format: double
             * @description Lower end of the interval of 95 %.
             */
            low: number;
            /** Format: double */
            p: number;
            /**
             * Format: double
             * @description Its mean over answers of which it is known: of yes and no a share.
             */
            performance: number;
            /**
             * Format: double
             * @description Its standard deviation.
             */
            spread: number;
            /**
             * Format: double
             * @description Standard deviations of the outcome for one of the variable.
             */
            standardised: number;
            /**
             * Format: int64
             * @description Answers of which it is not zero.
             */
            with: number;
        };
        DriverLeftOut: components["schemas"]["DriverVariable"] & {
            /** @description `constant`, `rare`, `aliased` or `undetermined`. */
            code: string;
            detail: string;
        };
        /** @description Something that may go with the outcome. */
        DriverVariable: {
            /** @description The value with which the others are compared. */
            against?: string | null;
            /**
             * @description `score`, `choice`, `property`, `topic`, `wait`, `error`, `contact`, `broken_promise` or `channel_changes`.
             * @example wait
             */
            kind: string;
            /**
             * @description A property, a topic or an activity.
             * @example Queue Waited
             */
            name: string;
            /**
             * @description What one more is: `points`, `yes` (against no), `times` or `minutes`.
             * @example minutes
             */
            unit: string;
            /** @description What was chosen, or how a topic was spoken of: `positive` or `negative`; `(other)` stands for all that are not told apart. */
            value?: string | null;
        };
        DriverWarning: {
            /**
             * @description `few_customers`, `few_answers`, `inflated`, `strongly_inflated`, `few_degrees` or `mostly_unknown`.
             * @example few_customers
             */
            code: string;
            detail: string;
            variable?: null | components["schemas"]["DriverVariable"];
        };
        /** @description What goes with a score or an outcome. */
        Drivers: {
            /** Format: int64 */
            answers: number;
            /**
             * Format: double
             * @description How long before an answer what was lived counts, in days.
             * @example 14
             */
            before_days: number;
            /** @description What is held equal: what was known before. */
            controls: string[];
            /**
             * Format: int64
             * @description Those who gave them; answers of one customer are not independent.
             */
            customers: number;
            /** @description The most important first. */
            drivers: components["schemas"]["Driver"][];
            /**
             * Format: double
             * @description The part of the variance of the outcome that everything explains together, 0 to 1. None where nothing is told.
             */
            explained?: number | null;
            /**
             * Format: double
             * @description The part that what was known before explains alone.
             */
            explained_by_controls?: number | null;
            findings: components["schemas"]["Finding"][];
            /** @description Variables of which nothing can be told, and why. */
            left_out: components["schemas"]["DriverLeftOut"][];
            /**
             * Format: int64
             * @description Of fewer answers nothing is told.
             */
            minimum: number;
            /**
             * Format: int64
             * @description Orders over which importance is averaged; none where all are.
             */
            orders_drawn?: number | null;
            /**
             * Format: double
             * @description Then the largest standard error of an importance, as a part of what all variables explain.
             */
            orders_error?: number | null;
            outcome: components["schemas"]["DriversOutcome"];
            over: components["schemas"]["Over"];
            /** @description What the numbers are not. */
            reading: string;
            /** @description What makes the answer less sure than it looks. */
            warnings: components["schemas"]["DriverWarning"][];
        };
        DriversOutcome: {
            currency?: string | null;
            /** Format: double */
            mean?: number | null;
            /** @example nps */
            name: string;
            /** @description The lowest and the highest answer of a score. */
            range?: number[] | null;
            /**
             * Format: double
             * @description Standard deviation.
             */
            spread?: number | null;
            /**
             * @description The unit of coefficients: `points` of the answer, `percentage_points`, or `money` in `currency`.
             * @example points
             */
            unit: string;
        };
        /** @description What it takes customers to reach an activity. */
        Effort: {
            /** @description The activities that count as contacts. */
            contacts: string[];
            /**
             * Format: int64
             * @description By how many customers.
             */
            customers: number;
            findings: components["schemas"]["Finding"][];
            measures: components["schemas"]["EffortMeasure"][];
            over: components["schemas"]["Over"];
            /**
             * Format: int64
             * @description How often the goal was reached.
             */
            runs: number;
            /**
             * Format: int64
             * @description Customers who began and have not reached the goal since.
             */
            unfinished: number;
            /** @description The activities with which customers wait: as long as their events say, or until the next event. */
            waits: string[];
            /** @description The oldest first; a run is in the week in which it reached the goal. */
            weeks: components["schemas"]["EffortWeek"][];
        };
        /** @description One measure over all runs; the numbers are none when there are no runs. */
        EffortMeasure: {
            /** Format: double */
            mean?: number | null;
            /** @description `steps`, `contacts`, `channels`, `channel_changes`, `waiting_ms` or `elapsed_ms`. */
            measure: string;
            /**
             * Format: double
             * @description Exact percentiles.
             */
            p10?: number | null;
            /** Format: double */
            p25?: number | null;
            /** Format: double */
            p50?: number | null;
            /** Format: double */
            p75?: number | null;
            /** Format: double */
            p90?: number | null;
        };
        EffortOfWeek: {
            /** Format: double */
            mean: number;
            measure: string;
            /**
             * Format: double
             * @description Exact.
             */
            median: number;
        };
        /** @description The runs of one week. */
        EffortWeek: {
            /**
             * @description Its first day, of the organisation's calendar.
             * @example 2026-03-02
             */
            from: string;
            /** @description Empty when there are no runs. */
            measures: components["schemas"]["EffortOfWeek"][];
            /** Format: int64 */
            runs: number;
        };
        /** @description A number with its interval of 95 % and what it was found on. */
        Estimate: {
            /** Format: double */
            high: number;
            /** Format: double */
            low: number;
            /**
             * Format: int64
             * @description Sample size.
             */
            of: number;
            /** Format: double */
            value: number;
        };
        /** @description Events of a kind. */
        EventKindCount: {
            /** Format: int64 */
            events: number;
            /** @example track */
            name: string;
        };
        /**
         * @description How long the parts of a period are.
         * @enum {string}
         */
        Every: "day" | "week" | "month";
        /** @description The event that showed that two are one. */
        Evidence: {
            activity?: string | null;
            /** @example identify */
            kind: string;
            occurred_at: string;
            source: string;
        };
        ExampleAnswer: {
            /**
             * Format: double
             * @example 9
             */
            answer: number;
            /**
             * Format: int64
             * @example 50
             */
            count: number;
        };
        /** @description What one unit of a currency is worth from a day on. */
        ExchangeRate: {
            /** @example MXN */
            currency: string;
            /**
             * @description An exact decimal.
             * @example 0.0496
             */
            rate: string;
            /**
             * @description The currency that it leads to. Rates into another one than the organisation's are kept aside.
             * @example EUR
             */
            reporting_currency: string;
            /**
             * @description A day of the organisation's calendar; the rate holds until the day of the next one.
             * @example 2026-01-01
             */
            valid_from: string;
        };
        /** @description Rates by reporting currency, currency and day. */
        ExchangeRates: {
            rates: components["schemas"]["ExchangeRate"][];
        };
        /** @description Something about the data that the reader of an answer should know. */
        Finding: {
            /** @example no_events */
            code: string;
            detail: string;
        };
        /** @description The first owner and the organisation. */
        FirstSteps: {
            email: string;
            name: string;
            organisation: components["schemas"]["OrganisationChange"];
            /** @description 12 to 256 characters. */
            password: string;
            /** @description What the server wrote after `#token=` when it started. */
            token: string;
        };
        Freshness: {
            /** @description By name. */
            sources: components["schemas"]["SourceFreshness"][];
        };
        /** @description A friction. */
        Friction: {
            /**
             * @description The activities that it is about: of a wait the one with which customers wait and, where its events do not say how
             *     long, the next; of a repeated contact with a known reason, the property and its value.
             */
            about: string[];
            /**
             * Format: int64
             * @description Those of them who have comparable customers.
             */
            comparable: number;
            /**
             * Format: int64
             * @description Those of the comparable who did not stay.
             */
            comparable_lost: number;
            /**
             * Format: int64
             * @description Those who met it.
             */
            customers: number;
            /**
             * @description What to send as `friction` to see the customers who met it.
             * @example ["loop","Product Viewed"]
             */
            element: string;
            /** Format: double */
            high: number;
            /**
             * @description `loop`, `alternation`, `repeated_contact`, `wait`, `error` or `abandonment`.
             * @example loop
             */
            kind: string;
            lost?: null | components["schemas"]["CustomersLost"];
            /** Format: double */
            low: number;
            /**
             * Format: int64
             * @description Those of whom it is known whether they stayed.
             */
            observed: number;
            /**
             * Format: double
             * @description Their share of all customers, with its interval of 95 %.
             */
            share: number;
            spent?: null | components["schemas"]["FrictionSpent"];
            threshold?: null | components["schemas"]["WaitThreshold"];
            /**
             * Format: int64
             * @description How often it was met.
             */
            times: number;
        };
        /** @description What those who met a friction spent within the horizon, against comparable customers. An association. */
        FrictionSpent: {
            /** Format: double */
            high: number;
            /**
             * Format: double
             * @description How much less all of them spent than as many comparable ones, with its interval of 95 %; negative where it is more.
             */
            less: number;
            /**
             * Format: double
             * @description The same for each customer.
             */
            less_per_customer: number;
            /** Format: double */
            less_per_customer_high: number;
            /** Format: double */
            less_per_customer_low: number;
            /** Format: double */
            low: number;
            /**
             * Format: double
             * @description What each of the comparable who met it spent, the mean.
             */
            per_customer: number;
        };
        /** @description What hinders customers, and whom it costs. */
        Frictions: {
            findings: components["schemas"]["Finding"][];
            /** @description Those that cost most customers first. */
            frictions: components["schemas"]["Friction"][];
            /** @description What counts as staying; empty when any activity does. */
            goal: string[];
            /**
             * Format: int64
             * @description How long after the friction customers have to stay.
             */
            horizon_ms: number;
            /**
             * Format: int64
             * @description Frictions that fewer customers met and that are not compared.
             */
            left_out: number;
            over: components["schemas"]["Over"];
            /**
             * @description Differences come from observation, so they are associations: `association`.
             * @example association
             */
            reads_as: string;
            spending?: null | components["schemas"]["Spending"];
        };
        /** @description How far customers come. */
        Funnel: {
            breakdown?: null | components["schemas"]["FunnelBreakdown"];
            /**
             * Format: int64
             * @description Those who did the first step.
             */
            customers: number;
            findings: components["schemas"]["Finding"][];
            over: components["schemas"]["Over"];
            steps: components["schemas"]["FunnelStep"][];
            /** Format: int64 */
            window_ms: number;
        };
        /** @description A funnel for each value. The funnels add up to the whole, but for those of segments, which may overlap. */
        FunnelBreakdown: {
            /** @description `channel`, `unit`, `segment` or the property. */
            by: string;
            comparison?: null | components["schemas"]["FunnelComparison"];
            /** @description The 20 most frequent values, or the segments, those of most customers first. */
            groups: components["schemas"]["FunnelBreakdownGroup"][];
            other?: null | components["schemas"]["FunnelBreakdownGroup"];
        };
        /** @description How far the customers of a value come. */
        FunnelBreakdownGroup: {
            /**
             * Format: int64
             * @description Those who did the first step.
             */
            customers: number;
            /**
             * @description What a segment is called, of which `value` is the id.
             * @example Buyers
             */
            name?: string | null;
            steps: components["schemas"]["FunnelBreakdownStep"][];
            /**
             * @description `(none)` for events without value, `(other)` for all that are not told apart.
             * @example web
             */
            value: string;
        };
        FunnelBreakdownStep: {
            against_the_rest?: null | components["schemas"]["ShareDifference"];
            /**
             * Format: int64
             * @description Those who reached this step.
             */
            customers: number;
            /**
             * Format: double
             * @description Upper end of the share's interval of 95 %.
             */
            high?: number | null;
            /**
             * Format: double
             * @description Lower end of the share's interval of 95 %.
             */
            low?: number | null;
            /**
             * Format: double
             * @description Their share of those of the value who did the first step, 0 to 1.
             */
            share?: number | null;
        };
        /** @description Two values side by side. */
        FunnelComparison: {
            first: string;
            /**
             * Format: int64
             * @description Of segments: those who did the first step and belong to both. They are on neither side.
             */
            in_both?: number | null;
            second: string;
            /** @description For each step, the share of the first less that of the second; none where one has no customers. */
            steps: (null | components["schemas"]["ShareDifference"])[];
        };
        /** @description Entries of a funnel that reached a step. */
        FunnelEntries: {
            /** Format: int64 */
            count: number;
            /**
             * Format: double
             * @description Upper end of the share's interval of 95 %.
             */
            high?: number | null;
            /**
             * Format: double
             * @description Lower end of the share's interval of 95 %, wider the more entries of one customer resemble each other.
             */
            low?: number | null;
            /**
             * Format: double
             * @description Of all entries, 0 to 1; none when there are none.
             */
            share?: number | null;
        };
        FunnelStep: {
            activity: string;
            after_dropping?: null | components["schemas"]["AfterDropping"];
            /** @description What the step asks of properties; left out where it asks nothing. */
            conditions?: components["schemas"]["StepCondition"][];
            /**
             * Format: int64
             * @description Those who reached this step.
             */
            customers: number;
            entries?: null | components["schemas"]["FunnelEntries"];
            /** @description What ends a chain when it happens between the step before and this one; left out where nothing does. */
            excluded?: string[];
            /**
             * Format: double
             * @description Upper end of the share's interval of 95 %.
             */
            high?: number | null;
            /**
             * Format: double
             * @description Lower end of the share's interval of 95 %.
             */
            low?: number | null;
            /**
             * Format: double
             * @description Their mean.
             */
            mean_ms?: number | null;
            /**
             * Format: double
             * @description Exact median of the time since the step before; none for the first, where nobody came, and for steps in any order.
             */
            median_ms?: number | null;
            /**
             * Format: double
             * @description Exact 90th percentile of the same times.
             */
            p90_ms?: number | null;
            /**
             * Format: double
             * @description Their share of those who did the first step, 0 to 1; none when nobody did.
             */
            share?: number | null;
        };
        /** @description A key by which a customer is known. */
        Identifier: {
            /** @example email */
            kind: string;
            /**
             * @description The point of the identity graph that it is.
             * @example nod_17
             */
            node: string;
            seen_at: string;
            value: string;
        };
        /** @description What a merge or its end changes, and the merge when it has been done. */
        IdentityChange: {
            after: components["schemas"]["CustomerPart"][];
            before: components["schemas"]["CustomerPart"][];
            /** @description The customer that the two are now. */
            customer?: string | null;
            /** @description Whether it has been done; false for a dry run. */
            is_done: boolean;
            merge?: null | components["schemas"]["Merge"];
        };
        /** @description How a file would be read. */
        ImportPreview: {
            /** @description Of the header, or members of the first lines. */
            columns: string[];
            /**
             * @description A sentence.
             * @example CSV with "," between the fields
             */
            format: string;
            /** @description Whether the mapping was guessed; every other column is then a property. */
            is_guessed: boolean;
            /** @description Which column is what, as `map` takes it; none for lines that are calls of the Segment clients. */
            mapping?: string | null;
            /** @description Why the mapping was guessed so. */
            reasons: string[];
        };
        /** @description What became of a file. */
        ImportReport: components["schemas"]["ImportPreview"] & {
            /** Format: int64 */
            dead: number;
            /**
             * Format: int64
             * @description Rows that were there already.
             */
            duplicate: number;
            /** @description The first rows that are no events. */
            first_dead: components["schemas"]["DeadRow"][];
            /**
             * Format: int64
             * @description Rows read, the header not counted.
             */
            rows: number;
            source: string;
            /** Format: int64 */
            stored: number;
        };
        /** @description A one-time link without its secret. */
        Invitation: {
            created_at: string;
            email: string;
            expires_at: string;
            /** @example inv_3 */
            id: string;
            /** @description `invite` or `reset` (a new password). */
            kind: string;
            role: string;
            /** @description `open`, `used`, `revoked` or `expired`. */
            status: string;
            unit?: string | null;
        };
        InvitationLink: {
            expires_at: string;
            /** @example siv_17 */
            invitation: string;
            /** @description Absent where it leaves by e-mail: then only whoever gets the message has it. */
            link?: string | null;
        };
        /** @description The links, in the order of the people. They are shown this once; those that leave by e-mail are not shown. */
        InvitationLinks: {
            /** @description Who was not invited. */
            left_out: components["schemas"]["LeftOut"][];
            links: components["schemas"]["InvitationLink"][];
        };
        Invitations: {
            invitations: components["schemas"]["Invitation"][];
        };
        /** @description Somebody to be invited. */
        InvitedPerson: {
            /**
             * @description The event that leads to the invitation.
             * @example evt_5f2b8c0d1e3a47698b7c6d5e4f3a2b1c
             */
            event?: string | null;
            /**
             * @description By kind, as events carry them: `user_id`, `email` … Without any, the link can be used once and the answer belongs to
             *     nobody.
             * @example {
             *       "user_id": "c-1042"
             *     }
             */
            identifiers?: {
                [key: string]: string;
            };
            /**
             * @description What was just lived, `channel:activity`.
             * @example web:Order Completed
             */
            touchpoint?: string | null;
            /**
             * @description What the texts of the survey may name: `first_name` …
             * @example {
             *       "first_name": "Lucía"
             *     }
             */
            traits?: {
                [key: string]: string;
            };
            /** @description Where it was lived. */
            unit?: string | null;
        };
        /** @description A key without its secret. */
        Key: {
            /** @description The channel of events that come with it and say none. */
            channel?: string | null;
            created_at: string;
            /** @example key_2 */
            id: string;
            name: string;
            revoked_at?: string | null;
            /** @description `collect`, `read` or `admin`. */
            scope: string;
            /** @description For a key that collects, the unit of events that say none; whoever reads with it sees only what lies below. */
            unit?: string | null;
        };
        Keys: {
            keys: components["schemas"]["Key"][];
        };
        /** @description Somebody who was not invited. */
        LeftOut: {
            /** @description The place among the people, from 0. */
            person: number;
            /**
             * @description Mail to the address came back (`bounced`), somebody called it unwanted (`complained`) or wants no more of it
             *     (`unsubscribed`), they refused to be asked (`refused`), or the contact rule leaves them alone (`too_soon`, `too_often`).
             * @example unsubscribed
             */
            reason: string;
        };
        /** @description The customers of each day, week or month. */
        LifeCycle: {
            every: components["schemas"]["Every"];
            findings: components["schemas"]["Finding"][];
            over: components["schemas"]["Over"];
            /** @description The earliest first. */
            periods: components["schemas"]["LifeCyclePeriod"][];
        };
        LifeCyclePeriod: {
            /**
             * Format: int64
             * @description Those who are new, returning or resurrected.
             */
            active: number;
            /**
             * Format: int64
             * @description Active in the one before, and not in this one.
             */
            dormant: number;
            /**
             * @description The first day of it, of the organisation's calendar.
             * @example 2026-03-02
             */
            first_day: string;
            /** @description First instant of the day, week or month. */
            from: string;
            /**
             * Format: double
             * @description Upper end of the share's interval of 95 %.
             */
            high?: number | null;
            /** @description Whether it is over; until then those who are not active yet count as dormant. */
            is_complete: boolean;
            /**
             * Format: double
             * @description Lower end of the share's interval of 95 %.
             */
            low?: number | null;
            /**
             * Format: int64
             * @description Active for the first time.
             */
            new: number;
            /**
             * Format: int64
             * @description Active at some time before, and not in the one before.
             */
            resurrected: number;
            /**
             * Format: int64
             * @description Active in the one before too.
             */
            returning: number;
            /**
             * Format: double
             * @description Of those active in the one before, the share who are returning, 0 to 1; none where nobody was.
             */
            share?: number | null;
            /** @description The first instant after it. */
            to: string;
        };
        /** @description What whoever uses a one-time link says. */
        LinkAnswer: {
            /** @description `es` or `en`; the organisation's unless told. */
            language?: string | null;
            /** @description Of whoever is invited; of no use for a new password. */
            name?: string | null;
            /** @description 12 to 256 characters. */
            password: string;
            token: string;
        };
        /** @description The secret of a one-time link. */
        LinkToken: {
            token: string;
        };
        /** @description `dead`: dead letters since the message before. */
        LiveDead: {
            /** @description The oldest first. */
            dead_letters: components["schemas"]["LiveDeadLetter"][];
            /** @description Whether there were more. */
            has_more: boolean;
        };
        LiveDeadLetter: {
            /** @example missing_identifier */
            code: string;
            /** @example ded_5 */
            id: string;
            source: string;
        };
        /** @description An event just stored, without its properties. */
        LiveEvent: {
            activity?: string | null;
            channel?: string | null;
            /** @example cus_17 */
            customer: string;
            id: string;
            /** @example track */
            kind: string;
            occurred_at: string;
            received_at: string;
            source: string;
            unit?: string | null;
        };
        /** @description `events`: the newest that were acknowledged since the message before. */
        LiveEvents: {
            /** @description The oldest first. */
            events: components["schemas"]["LiveEvent"][];
            /**
             * Format: int64
             * @description How many more there were.
             */
            left_out: number;
        };
        /** @description What the messages hold, for the description. */
        LiveMessage: components["schemas"]["Counts"] | components["schemas"]["LiveEvents"] | components["schemas"]["LiveDead"];
        /** @description An address that no message is sent to, and why. One that has several reasons stands once for each. */
        MailRefusal: {
            /** @example ana@example.com */
            address: string;
            /** @description Of one that came from an anonymous survey, the beginning of the day. */
            at: string;
            /** @example siv_17 */
            invitation?: string | null;
            /** @description `bounced`, `complained` or `unsubscribed`. */
            reason: string;
            /**
             * @description What it came from; absent where the survey is anonymous.
             * @example srv_3
             */
            survey?: string | null;
        };
        MailRefusals: {
            /**
             * Format: int64
             * @description Where the next page begins; absent on the last one.
             */
            next?: number | null;
            /** @description The newest first. */
            refusals: components["schemas"]["MailRefusal"][];
        };
        /** @description What became of a message that came back. */
        MailReport: {
            detail: string;
            /**
             * @description Whose message it was, unless the survey is anonymous.
             * @example siv_17
             */
            invitation?: string | null;
            /** @description `bounced`, `complained`, or `nothing` where nothing changed. */
            outcome: string;
        };
        /** @description What the mail server answered. */
        MailTest: {
            /**
             * @description What it said, or why nothing could be said to it.
             * @example 250 2.0.0 Ok: queued as 4F2B8C
             */
            answer: string;
            /** @description Whether the mail server took the message. */
            is_accepted: boolean;
            /**
             * @description Host and port.
             * @example mail.example.com:465
             */
            server: string;
        };
        MapEdge: {
            /** Format: int64 */
            customers: number;
            /** Format: int64 */
            events: number;
            from: string;
            /** Format: double */
            mean_ms: number;
            /**
             * Format: double
             * @description Exact; only when asked for.
             */
            median_ms?: number | null;
            to: string;
        };
        MapEnd: {
            activity: string;
            /** Format: int64 */
            customers: number;
        };
        MapNode: {
            activity: string;
            /** Format: int64 */
            customers: number;
            /** Format: int64 */
            events: number;
        };
        /** @description A recorded merge with its evidence. */
        Merge: {
            decided_by: string;
            /** @description The event that showed it. */
            evidence?: string | null;
            evidence_event?: null | components["schemas"]["Evidence"];
            /** @example mrg_3 */
            id: string;
            merged_at: string;
            nodes: string[];
            /** @description The identifiers that the two nodes are; only where a customer is shown. */
            parts?: components["schemas"]["Identifier"][];
            /** @description `same_event`, `alias` or `manual`. */
            rule: string;
            undone_at?: string | null;
        };
        /** @description Two customers that are one. */
        MergeRequest: {
            /** @description Two ids (`cus_17`), or values of identifiers that lead to one customer each. */
            customers: string[];
        };
        /** @description How answers become a score. */
        Metric: components["schemas"]["MetricDefinition"] & {
            /** @description Whether the organisation defined it. */
            is_own: boolean;
            /** @example nps */
            name: string;
            /** @description The lowest and the highest score. */
            range: number[];
        };
        /** @description What a metric is. */
        MetricDefinition: {
            /** @description The lowest and the highest answer, at most 10,000 from zero. */
            answers: number[];
            definition: components["schemas"]["MetricTexts"];
            /** Format: double */
            detractors_to?: number | null;
            example: components["schemas"]["MetricExample"];
            /**
             * @description `net_share`: the percentage of answers from `promoters_from` on less that of those up to `detractors_to`; `top_boxes`: the
             *     percentage of answers from `top_from` on; `mean`.
             * @example net_share
             */
            formula: string;
            /** Format: double */
            promoters_from?: number | null;
            /**
             * @description The property of events that holds the answer.
             * @example nps
             */
            property: string;
            /** @description Where the definition comes from. */
            source: string;
            /** Format: double */
            top_from?: number | null;
        };
        /** @description Some answers and their score, by which the formula is tested. */
        MetricExample: {
            /** @description 1 to 100 answers with how many gave each. */
            answers: components["schemas"]["ExampleAnswer"][];
            /**
             * Format: double
             * @description May be rounded to the hundredth.
             * @example 30
             */
            score: number;
        };
        /** @description What a score says, in one sentence of 1 to 400 characters. */
        MetricTexts: {
            en: string;
            es: string;
        };
        Metrics: {
            metrics: components["schemas"]["Metric"][];
        };
        MissedExample: {
            example: string;
            /** @description `es` or `en`. */
            language: string;
        };
        /** @description What a person changes about themselves; what is absent stays. */
        MyChange: {
            /** @description `es` or `en`. */
            language?: string | null;
            name?: string | null;
        };
        NewActivity: {
            activity: string;
            /** Format: int64 */
            events: number;
            first_seen_at: string;
        };
        /** @description Something that happened to the company. */
        NewAnnotation: {
            /** @description The only channel that it was about; all of them unless told. */
            channel?: string | null;
            /**
             * @description Of the organisation's calendar.
             * @example 2026-03-28
             */
            first_day: string;
            /**
             * @description `release`, `incident`, `campaign` or `other`.
             * @example incident
             */
            kind: string;
            /**
             * @description Included; the first one unless told.
             * @example 2026-03-30
             */
            last_day?: string | null;
            /**
             * @description One line of 1 to 200 characters.
             * @example Payments by card failed in the app
             */
            text: string;
            /** @description The only unit that it was about, with those below; all of them unless told. */
            unit?: string | null;
        };
        /** @description A comment to be read. It is not kept. */
        NewComment: {
            /**
             * @description At most 1 MB.
             * @example El café muy bueno, pero la espera larguísima
             */
            text: string;
            /**
             * @description By what means it is read: `ngrams`, unless told, or `encoder`, which judges the comment as a whole by what it means too, and
             *     takes some milliseconds.
             * @example encoder
             */
            tier?: string | null;
        };
        /** @description A rate among several that come together. */
        NewDatedRate: {
            /** @example MXN */
            currency: string;
            /**
             * @description An exact decimal, as text: one unit of the currency is this much of the organisation's.
             * @example 0.0496
             */
            rate: string;
            /** @example 2026-01-01 */
            valid_from: string;
        };
        /** @description Whom to invite. */
        NewInvitation: {
            email: string;
            /** @description `owner`, `analyst` or `shop_manager`. */
            role: string;
            /** @description Of a shop manager. */
            unit?: string | null;
        };
        /** @description People to be invited. */
        NewInvitations: {
            /**
             * @description The channel that will bring the link: `link` unless told. `email` sends it: then everybody needs the identifier
             *     `email`, and whoever refused mail is left out.
             * @example sms
             */
            channel?: string | null;
            /**
             * Format: int32
             * @description Days until the link ends: 1 to 365, 30 unless told.
             */
            days?: number | null;
            /** @description 1 to 1,000. */
            people: components["schemas"]["InvitedPerson"][];
        };
        NewKey: {
            /** @description The channel of events that come with it and say none. */
            channel?: string | null;
            /** @description The source of the events that come with the key. */
            name: string;
            /** @description `collect`, `read` or `admin`. */
            scope: string;
            /**
             * @description A unit of the tree. For the scope `collect`: where events happened that come with the key and say no unit. For the
             *     scope `read`: whoever reads with the key sees only customers with an activity below the unit, of them only events
             *     below it or without unit, and nothing that tells who they are.
             */
            unit?: string | null;
        };
        /** @description To whom a message is sent to try the settings out. */
        NewMailTest: {
            /** @example ana@example.com */
            to: string;
        };
        /** @description A metric to be defined. */
        NewMetric: components["schemas"]["MetricDefinition"] & {
            /**
             * @description 1 to 40 small letters, digits and `_`, a letter first. Those of metrics that come with the program are taken.
             * @example warmth
             */
            name: string;
        };
        /** @description A question to be kept. */
        NewQuestion: {
            /** @description 1 to 120 characters; no two questions share one. */
            name: string;
            /** @description What the view asks: an object of at most 16 KB. */
            question: Record<string, never>;
            /** @description The view that asks: `map`, `paths`, `funnel`, `retention`, `attribution`, `effort` or `frictions`. */
            view: string;
        };
        /** @description What a currency is worth. */
        NewRate: {
            /**
             * @description An exact decimal, as text: one unit of the currency is this much of the organisation's.
             * @example 0.0496
             */
            rate: string;
        };
        /** @description A segment to be kept. */
        NewSegment: {
            /**
             * @description The query of `GET /api/v1/journeys/customers` that lists them, without `limit`, `after` and `format`, at most 16 KB. A
             *     segment is not made of other segments.
             * @example activity=Order%20Completed&days=90&channel=app
             */
            customers: string;
            /** @description 1 to 120 characters; no two segments share one. */
            name: string;
        };
        /** @description Whether a survey takes answers. */
        NewSurveyState: {
            /**
             * @description `draft`, `open` or `closed`.
             * @example open
             */
            state: string;
        };
        /** @description The topics of an organisation's own and those that it changes: all of them, those that are not named are as shipped. */
        NewTopics: {
            /** @description At most 200. */
            topics: components["schemas"]["TopicEdit"][];
            /**
             * Format: int64
             * @description As it was read. Where somebody else has changed them since, nothing is changed.
             */
            version: number;
        };
        /** @description A unit among several that come together. */
        NewUnit: {
            kind?: string | null;
            /** @description As people call it; its name unless told. */
            label?: string | null;
            name: string;
            /** @description The unit above it; directly below the organisation unless told. */
            parent?: string | null;
        };
        /** @description The first activity after the step that was reached last. */
        NextActivity: {
            /** @description None when nothing followed. */
            activity?: string | null;
            /** Format: int64 */
            customers: number;
            /**
             * Format: double
             * @description Upper end of the share's interval of 95 %.
             */
            high: number;
            /**
             * Format: double
             * @description Lower end of the share's interval of 95 %.
             */
            low: number;
            /**
             * Format: double
             * @description Of those who dropped out, 0 to 1.
             */
            share: number;
        };
        /** @description What a one-time link is for. */
        OpenLink: {
            email: string;
            expires_at: string;
            /** @description `invite` or `reset` (a new password). */
            kind: string;
            /** @description The language of the organisation. */
            language: string;
            organisation: string;
            /** @description The role that is offered; nothing where the link is for a new password. */
            role?: string | null;
            unit_label?: string | null;
        };
        /** @description How far people came by the open link. Nobody is known, so one person may be counted more than once. */
        OpenLinkCounts: {
            /**
             * Format: int64
             * @description Answers that were sent.
             */
            answered: number;
            /**
             * Format: int64
             * @description Pages that somebody saw.
             */
            shown: number;
            /**
             * Format: int64
             * @description Pages on which somebody began to answer.
             */
            started: number;
        };
        /** @description A browser in which the person is signed in. */
        OpenSession: {
            /** @description What the browser says that it is. */
            browser: string;
            created_at: string;
            /** @description When it ends, however much it is used. */
            expires_at: string;
            /** @example ses_9007199254740 */
            id: string;
            /** @description Whether it is the one that asks. */
            is_this: boolean;
            last_seen_at: string;
        };
        OpenSessions: {
            sessions: components["schemas"]["OpenSession"][];
        };
        /** @description How the organisation is called and counts days and money. */
        Organisation: {
            /**
             * @description ISO 4217 of the reports.
             * @example EUR
             */
            currency: string;
            /** @description `es` or `en`. */
            language: string;
            name: string;
            /**
             * @description IANA name: days and weeks are of this zone.
             * @example Europe/Madrid
             */
            time_zone: string;
            /** @description `monday`, `sunday` or `saturday`. */
            week_start: string;
        };
        /** @description What to change about the organisation; what is absent stays. */
        OrganisationChange: {
            currency?: string | null;
            language?: string | null;
            name?: string | null;
            /** @example Europe/Madrid */
            time_zone?: string | null;
            week_start?: string | null;
        };
        Others: {
            /** Format: int64 */
            customers: number;
            /**
             * Format: double
             * @description Of those who dropped out, 0 to 1.
             */
            share: number;
        };
        OutcomeValue: {
            /**
             * @description Of amounts; outcomes in others are worth nothing here.
             * @example EUR
             */
            currency?: string | null;
            /** @example revenue */
            property: string;
            /**
             * Format: double
             * @description Of all outcomes.
             */
            total: number;
            /**
             * Format: double
             * @description Of those without a touch.
             */
            without_touch: number;
        };
        /** @description What an answer was computed over. */
        Over: {
            /** @description The channels that were looked at, by name; empty when all were. */
            channels: string[];
            /**
             * Format: int64
             * @description Customers with at least one of them.
             */
            customers: number;
            /**
             * Format: int64
             * @description Activities of the period.
             */
            events: number;
            /** @description First instant of the period; none when it is open. */
            from?: string | null;
            /** @description The properties that are not laid out and were read from the stored events for this answer, by name. */
            scanned?: string[];
            /** @description The segments to all of which the customers belong, by name. */
            segments?: string[];
            /** @description The first instant after the period; none when it is open. */
            to?: string | null;
            /** @description The segments to none of which they belong, by name. */
            without_segments?: string[];
        };
        /** @description A person's own new password. */
        PasswordChange: {
            current: string;
            /** @description 12 to 256 characters. */
            new: string;
        };
        Path: {
            activities: string[];
            /**
             * Format: int64
             * @description Occurrences.
             */
            count: number;
            /**
             * Format: int64
             * @description Distinct customers.
             */
            customers: number;
            /** @description Whether more followed than the length asked for; left out where nothing did. */
            goes_on?: boolean;
            /**
             * Format: double
             * @description Of all occurrences, 0 to 1.
             */
            share: number;
        };
        /** @description What customers did one directly after the other. */
        Paths: {
            findings: components["schemas"]["Finding"][];
            /**
             * Format: int64
             * @description How often the activity happened at which the paths are held; of paths from the start, how many histories or visits
             *     there are.
             */
            occurrences: number;
            over: components["schemas"]["Over"];
            /** @description The most frequent first. */
            paths: components["schemas"]["Path"][];
            /** @description The occurrences that are in no path shown. */
            tail: components["schemas"]["PathsTail"];
        };
        PathsTail: {
            /** Format: int64 */
            count: number;
            /** Format: double */
            share: number;
        };
        /** @description What changes about a person; what is absent stays. A role comes with its unit. */
        PersonChange: {
            is_disabled?: boolean | null;
            /** @description `owner`, `analyst` or `shop_manager`. */
            role?: string | null;
            /** @description Of a shop manager; `null` takes it away. */
            unit?: string | null;
        };
        /** @description Invitations that a survey planned by itself. */
        PlannedInvitations: {
            /**
             * @description What became of the others: `invited`; or why not: `too_soon` or `too_often` by the contact rule, `refused`, `no_address`,
             *     `outside_segment`, `too_late`, `not_open`.
             * @example {
             *       "invited": 120,
             *       "too_soon": 14
             *     }
             */
            ended: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description Not due yet.
             */
            waiting: number;
        };
        /** @description What directly follows what. */
        ProcessMap: {
            edges: components["schemas"]["MapEdge"][];
            /** @description Activities with which customers end. */
            ends: components["schemas"]["MapEnd"][];
            findings: components["schemas"]["Finding"][];
            nodes: components["schemas"]["MapNode"][];
            over: components["schemas"]["Over"];
            /** @description Activities with which customers start. */
            starts: components["schemas"]["MapEnd"][];
        };
        /** @description The properties that events bring. */
        Properties: {
            findings: components["schemas"]["Finding"][];
            properties: components["schemas"]["Property"][];
        };
        /** @description A property of one activity. */
        Property: {
            activity: string;
            /** Format: int64 */
            events: number;
            first_seen_at: string;
            last_seen_at: string;
            name: string;
            /**
             * Format: double
             * @description Of the events of the activity; absent for events that are not activities. Events that are not sealed yet count for
             *     the activity only.
             */
            share?: number | null;
            /** @description How often each type was seen, the commonest first. */
            types: components["schemas"]["PropertyType"][];
        };
        PropertyType: {
            /** Format: int64 */
            events: number;
            /** @description `number`, `text`, `boolean`, `object` or `list`. */
            type: string;
        };
        /** @description A question as it is to be from now on. */
        QuestionChange: {
            /** @description 1 to 120 characters; no two questions share one. */
            name: string;
            /** @description What the view asks: an object of at most 16 KB. */
            question: Record<string, never>;
            /**
             * Format: int64
             * @description The revision that was read before the change.
             */
            revision: number;
            /** @description The view that asks: `map`, `paths`, `funnel`, `retention`, `attribution`, `effort` or `frictions`. */
            view: string;
        };
        /** @description A few comments that stand for many. */
        Quotes: {
            /**
             * Format: int64
             * @description Among how many of them was chosen: the newest ones that are short and have nothing personal in them.
             */
            candidates: number;
            /** @description The side with most comments first, on each side the most typical. */
            quotes: components["schemas"]["Comment"][];
            /**
             * Format: int64
             * @description Comments that fit.
             */
            total: number;
        };
        /** @description Rates that are entered together. */
        RatesChange: {
            rates: components["schemas"]["NewDatedRate"][];
        };
        /** @description A refusal as the Segment clients read it. */
        Refused: {
            code: string;
            error: string;
            message: string;
            request_id: string;
            success: boolean;
        };
        /** @description What became of dead letters that were read again. */
        Replayed: {
            /**
             * Format: int64
             * @description Of these, dead as before.
             */
            dead: number;
            /**
             * Format: int64
             * @description Of these, events that were there already.
             */
            duplicate: number;
            /**
             * Format: int64
             * @description Letters read again.
             */
            read: number;
            /**
             * Format: int64
             * @description Of these, events now.
             */
            stored: number;
        };
        /** @description What became of one dead letter that was read again. */
        ReplayedLetter: {
            /** @description `event`; `duplicate` when the event was there already; `dead` when it still cannot be read: then nothing changed. */
            became: string;
            /**
             * @description Why it still cannot be read.
             * @example invalid_time
             */
            code?: string | null;
            detail?: string | null;
        };
        ResponseBreakdown: {
            /**
             * @description `channel`, `unit`, `touchpoint` or `segment`.
             * @example channel
             */
            by: string;
            /** @description Those with most invitations first; `(none)` are those without a value. Segments overlap. */
            groups: components["schemas"]["ResponseGroup"][];
        };
        /** @description How those who answered differ from those who did not, in one thing that was known before. */
        ResponseDifference: {
            /**
             * Format: double
             * @description How often such a difference comes where there is none, adjusted over all that is compared.
             */
            adjusted_p: number;
            /**
             * Format: double
             * @description Mean of the invitations that were answered; a share, 0 to 1, where there is a value.
             */
            answered: number;
            /**
             * Format: double
             * @description The difference of both in standard deviations.
             */
            difference: number;
            /**
             * Format: double
             * @description Upper end of its interval of 95 %.
             */
            high: number;
            /** @description Whether that is below 0.05. */
            is_found: boolean;
            /**
             * @description `purchases`, `contacts` (in the year before the invitation), `months_known` (at most twelve), or `channel`, `unit`,
             *     `touchpoint` or `segment` with its value.
             * @example purchases
             */
            kind: string;
            /**
             * Format: double
             * @description Lower end of its interval of 95 %.
             */
            low: number;
            /**
             * Format: double
             * @description Of those that were not.
             */
            unanswered: number;
            value?: string | null;
        };
        ResponseGroup: components["schemas"]["ResponseStages"] & {
            /** @description The name of a segment, otherwise the value. */
            value: string;
        };
        /** @description How many invitations came how far. */
        ResponseStages: {
            /**
             * Format: int64
             * @description Of these, those that were left for a day.
             */
            abandoned: number;
            /** Format: int64 */
            answered: number;
            /**
             * Format: int64
             * @description Customers who were invited.
             */
            customers: number;
            /** Format: double */
            high?: number | null;
            /**
             * Format: int64
             * @description Invitations.
             */
            invited: number;
            /**
             * Format: double
             * @description Ends of its interval of 95 %, in which several invitations of a customer are not independent.
             */
            low?: number | null;
            /**
             * Format: int64
             * @description Started, and neither answered nor refused.
             */
            partial: number;
            /**
             * Format: double
             * @description Answered of invited, 0 to 1; none where nobody was invited.
             */
            rate?: number | null;
            /** Format: int64 */
            refused: number;
            /**
             * Format: int64
             * @description The page was seen, whatever came after; so on for all below.
             */
            shown: number;
            /** Format: int64 */
            started: number;
        };
        Retained: {
            /** @description Days, weeks or months after that of the cohort. */
            after: number;
            /**
             * Format: int64
             * @description Cohorts that are old enough.
             */
            cohorts: number;
            /**
             * Format: int64
             * @description Their customers: each cohort weighs as many as it has.
             */
            customers: number;
            /**
             * Format: double
             * @description Upper end of the share's interval of 95 %.
             */
            high?: number | null;
            /**
             * Format: double
             * @description Lower end of the share's interval of 95 %.
             */
            low?: number | null;
            /**
             * Format: int64
             * @description Those of them who came back.
             */
            returned: number;
            /**
             * Format: double
             * @description 0 to 1; none where no cohort is old enough.
             */
            share?: number | null;
        };
        /** @description Who came back, by cohorts of those who began together. */
        Retention: {
            /** @description One for each day, week or month in which somebody began, the earliest first. */
            cohorts: components["schemas"]["Cohort"][];
            /** @description All cohorts together, by how many days, weeks or months after; only those of which that one is over. */
            curve: components["schemas"]["Retained"][];
            every: components["schemas"]["Every"];
            findings: components["schemas"]["Finding"][];
            over: components["schemas"]["Over"];
            /**
             * @description `exactly` or `on_or_after`.
             * @example exactly
             */
            rule: string;
        };
        Returned: {
            /** Format: int64 */
            customers: number;
            /**
             * Format: double
             * @description Upper end of the share's interval of 95 %.
             */
            high: number;
            /** @description Whether the day, week or month is over, so that nobody can come back in it any more. */
            is_complete: boolean;
            /**
             * Format: double
             * @description Lower end of the share's interval of 95 %.
             */
            low: number;
            /**
             * Format: double
             * @description Of the cohort, 0 to 1.
             */
            share: number;
        };
        /** @description One answer about a comment. */
        Said: {
            /** @description Whether such answers in this language agree too little with people's to be relied on. */
            experimental: boolean;
            /** @example anger */
            label: string;
            /** @description The words that made it so, the strongest first; none where nothing shows it. Their shares are weights above 0. */
            words: components["schemas"]["WordShare"][];
        };
        /** @description A topic with the judgement of it. */
        SaidTopic: {
            /**
             * @description `negative`, `neutral` or `positive`.
             * @example negative
             */
            judgement: string;
            /** @example waiting */
            topic: string;
        };
        /** @description A question that the organisation keeps. */
        SavedQuestion: {
            created_at: string;
            created_by: string;
            /** @description What whoever asks it should know, such as that a property is not laid out any more. */
            findings: components["schemas"]["Finding"][];
            /** @example que_3 */
            id: string;
            name: string;
            /** @description What the view asks, as it was saved. */
            question: Record<string, never>;
            /**
             * Format: int64
             * @description Rises with every change; who changes the question says which one they read.
             */
            revision: number;
            updated_at: string;
            /** @description The view that asks: `map`, `paths`, `funnel`, `retention`, `attribution`, `effort` or `frictions`. */
            view: string;
        };
        SavedQuestions: {
            /** @description In the order in which they were saved first. */
            questions: components["schemas"]["SavedQuestion"][];
        };
        ScoreGroup: components["schemas"]["ScoreSeries"] & {
            shrunk?: null | components["schemas"]["ShrunkScore"];
            value: string;
        };
        /** @description A time in which the score stayed the same, as far as can be seen. It changed where the next one begins. */
        ScoreLevel: {
            /** @description Position in `periods` of the first that has a score. */
            first: number;
            /**
             * Format: double
             * @description Upper end of the interval of 95 %.
             */
            high: number;
            /** @description Of the last. */
            last: number;
            /**
             * Format: double
             * @description Lower end of the interval of 95 %.
             */
            low: number;
            /** Format: double */
            score: number;
        };
        ScorePeriod: {
            /** @example 2026-03-30 */
            first_day: string;
            is_over: boolean;
        };
        /** @description A score over all of the period, and in each part of it. */
        ScoreSeries: {
            /** @description More than one where the score changed in the period. */
            levels: components["schemas"]["ScoreLevel"][];
            periods: components["schemas"]["Scored"][];
            /**
             * @description The line through the scores of the periods that follows them with a delay: each is the mean of all up to it, half as much
             *     for every four periods that they lie back. Smoothed: neighbours share answers.
             */
            smoothed: (number | null)[];
            total: components["schemas"]["Scored"];
        };
        /** @description How many answered, and what. */
        Scored: {
            /**
             * Format: int64
             * @description How many of the answers belong to nobody.
             */
            anonymous: number;
            /** Format: int64 */
            answers: number;
            /** @description How many gave each of `values`. */
            counts: number[];
            /**
             * Format: int64
             * @description Those who gave them; an answer that belongs to nobody counts as that of a customer who gave no other.
             */
            customers: number;
            /**
             * Format: double
             * @description As many independent answers would say as much.
             */
            effective_answers?: number | null;
            /**
             * Format: double
             * @description Upper end of the interval of 95 %.
             */
            high?: number | null;
            /**
             * Format: double
             * @description Lower end of the interval of 95 %.
             */
            low?: number | null;
            /**
             * Format: double
             * @description None of fewer answers than the minimum, as everything below.
             */
            score?: number | null;
        };
        /** @description Scores of everybody and of groups. */
        Scores: {
            /** @description What happened to the company meanwhile, by day: what was about the channels that are asked about, and about all. */
            annotations: components["schemas"]["Annotation"][];
            /** @description What answers are told apart by; only when asked for. */
            by?: string | null;
            every: components["schemas"]["Every"];
            findings: components["schemas"]["Finding"][];
            /** @description Those with most answers first; `(other)` are all others, `(none)` those without a value. */
            groups: components["schemas"]["ScoreGroup"][];
            metric: components["schemas"]["Metric"];
            /**
             * Format: int64
             * @description Of fewer answers no score is told.
             */
            minimum: number;
            over: components["schemas"]["Over"];
            /** @description Where each part of the period begins, by the organisation's calendar, in order. */
            periods: components["schemas"]["ScorePeriod"][];
            /** @description The different answers that were given, lowest first; none where too few answered. */
            values: number[];
            whole: components["schemas"]["ScoreSeries"];
            /**
             * @description Whether answers that belong to nobody are counted too: of one survey, and of everybody. They are kept with their survey, so that of
             *     all surveys, and of a segment, they are not.
             */
            with_anonymous: boolean;
        };
        /** @description Customers by what they lived. */
        Segment: {
            created_at: string;
            created_by: string;
            /**
             * @description The query of `GET /api/v1/journeys/customers` that lists them.
             * @example activity=Order%20Completed&days=90&channel=app
             */
            customers: string;
            /** @example seg_3 */
            id: string;
            name: string;
        };
        /** @description How many customers a segment had. */
        SegmentSize: {
            /** Format: int64 */
            customers: number;
            /**
             * @description The day, of the organisation's calendar, at whose beginning they are counted: by what was lived before it.
             * @example 2026-03-30
             */
            day: string;
        };
        SegmentSizes: {
            /**
             * Format: int64
             * @description Now, today included.
             */
            customers: number;
            /**
             * @description At the beginning of each of the last weeks, the oldest first; the present week is the last one. Customers are those
             *     that identifiers make today.
             */
            weeks: components["schemas"]["SegmentSize"][];
        };
        Segments: {
            /** @description In the order in which they were made. */
            segments: components["schemas"]["Segment"][];
        };
        /** @description What something sounds like. */
        Sentiment: {
            /**
             * @description `negative`, `neutral` or `positive`.
             * @example negative
             */
            class: string;
            /**
             * Format: float
             * @description -1 (bad) to 1 (good).
             */
            score: number;
            /** @description The words that moved the score most, the strongest first. */
            words: components["schemas"]["WordShare"][];
        };
        /** @description Whoever asks, and what they may do. */
        Session: {
            email?: string | null;
            /** @description `person`, `key` or `command_line`. */
            kind: string;
            /** @description `es` or `en`, as the person wants it. */
            language?: string | null;
            /** @description Of the person or of the key. */
            name: string;
            /** @description How the organisation is called. */
            organisation: string;
            /** @description What is allowed, such as `read_customers` or `manage_people`. */
            permissions: string[];
            /** @description Of a person: `owner`, `analyst` or `shop_manager`. */
            role?: string | null;
            /** @description Of a key: `collect`, `read` or `admin`. */
            scope?: string | null;
            /** @description Nothing outside of it is seen. */
            unit?: string | null;
            /** @description The unit as people call it. */
            unit_label?: string | null;
            /** @example usr_7 */
            user?: string | null;
        };
        /** @description That the installation waits for its first owner. */
        SetupDto: {
            is_open: boolean;
        };
        /** @description A difference of two shares. */
        ShareDifference: {
            /**
             * Format: double
             * @description -1 to 1.
             */
            difference: number;
            /**
             * Format: double
             * @description Upper end of the difference's interval of 95 %.
             */
            high: number;
            /**
             * Format: double
             * @description Lower end of the difference's interval of 95 % (Newcombe).
             */
            low: number;
        };
        /** @description A topic as the program brings it along. */
        ShippedTopic: {
            examples: components["schemas"]["TextsInBoth"];
            expressions: components["schemas"]["TextsInBoth"];
            name: components["schemas"]["TextInBoth"];
        };
        /** @description A score drawn towards the others, the more the fewer answers it has, so that small groups do not lead by luck. */
        ShrunkScore: {
            /** @description The ranks between which the group lies with 95 %; 1 is the best. */
            best_rank: number;
            /**
             * Format: double
             * @description Upper end of the interval of 95 %.
             */
            high: number;
            /**
             * Format: double
             * @description Lower end of the interval of 95 %.
             */
            low: number;
            /** Format: double */
            score: number;
            worst_rank: number;
        };
        /** @description With what somebody signs in. */
        SignIn: {
            email: string;
            password: string;
        };
        SimilarComment: components["schemas"]["Comment"] & {
            /**
             * Format: int64
             * @description How many say the same word for word, this one among them.
             */
            copies: number;
            /**
             * Format: double
             * @description 0 (nothing in common) to 1: the cosine of the two comments, their words and topics weighed by how rare they are.
             */
            similarity: number;
        };
        /** @description Comments that are like one. */
        SimilarComments: {
            comment: components["schemas"]["Comment"];
            /** @description The most similar first. Of those that say the same word for word, only the newest. */
            similar: components["schemas"]["SimilarComment"][];
        };
        /** @description How fresh the data of one source is. */
        SourceFreshness: {
            /**
             * Format: int64
             * @description Stored events, of all kinds.
             */
            events: number;
            /**
             * Format: int64
             * @description In this hour of the clock and the 23 before.
             */
            events_24h: number;
            /**
             * Format: int64
             * @description In this hour of the clock and the 167 before.
             */
            events_7d: number;
            /** @description Whether the silence since is more than half as long again. Never for a source without a usual one. */
            is_late: boolean;
            /** @description The latest time at which an event happened. */
            last_occurred_at: string;
            last_received_at: string;
            source: string;
            /**
             * Format: int64
             * @description The third longest silence of the four weeks before the last arrival, in whole hours; none for sources that are known for
             *     less than two weeks or hardly ever send.
             */
            usual_silence_hours?: number | null;
        };
        /** @description What counts as spent within the horizon. */
        Spending: {
            /** @description The activities whose amounts count: those with the role purchase. */
            activities: string[];
            /**
             * @description Only amounts in this currency count.
             * @example EUR
             */
            currency?: string | null;
            /**
             * @description The property that says the amount.
             * @example revenue
             */
            property: string;
        };
        /** @description Something that a step asks of a property. */
        StepCondition: {
            /**
             * @description `=` or `!=`; of numbers `<`, `<=`, `>` or `>=` too.
             * @example =
             */
            operator: string;
            /** @example payment_method */
            property: string;
            /** @example card */
            value: string;
        };
        /** @description A survey. */
        Survey: {
            counts: components["schemas"]["SurveyCounts"];
            created_at: string;
            created_by: string;
            /** @description The file, as in docs/surveys.md. */
            definition: unknown;
            /** @example srv_3 */
            id: string;
            /**
             * @description Whoever has this address may answer, any number of times, without being known.
             * @example https://experience.example.com/s/Yk3v0zrB0s5mW0c4QxJm1A
             */
            link: string;
            /**
             * @description The name in its file; it never changes.
             * @example after-purchase
             */
            name: string;
            /** @description `draft`, `open` or `closed`. Only an open survey takes answers. */
            state: string;
            updated_at: string;
            /**
             * Format: int32
             * @description Each change of the definition is a further version; answers keep the one they answered.
             */
            version: number;
        };
        /** @description How the accent of a survey is shown. */
        SurveyAccent: {
            dark: string;
            /** Format: double */
            dark_contrast: number;
            /**
             * @description On light paper, after what was done for contrast.
             * @example #8C2F5B
             */
            light: string;
            /**
             * Format: double
             * @description The least contrast with what it stands on, 1 to 21 (WCAG 2.2).
             */
            light_contrast: number;
        };
        /** @description What is to be said about a file. */
        SurveyCheck: {
            /** @description What refuses nothing and should be known. */
            findings: components["schemas"]["SurveyProblem"][];
            preview?: null | components["schemas"]["SurveyPreview"];
            /** @description Without any the file can be kept. */
            problems: components["schemas"]["SurveyProblem"][];
        };
        /** @description How many people came how far. */
        SurveyCounts: {
            /**
             * Format: int64
             * @description Of them those by which an answer was sent: the response rate is their share.
             */
            answered: number;
            /**
             * Format: int64
             * @description Answers sent.
             */
            complete: number;
            /**
             * Format: int64
             * @description Personal links made.
             */
            invitations: number;
            /**
             * Format: int64
             * @description Of them those with marks.
             */
            marked: number;
            /** @description By the open link: of whoever has it. */
            open: components["schemas"]["OpenLinkCounts"];
            /**
             * Format: int64
             * @description Answers begun and not sent. They are kept.
             */
            partial: number;
            /**
             * Format: int64
             * @description Invitations refused by their customers.
             */
            refused: number;
            /**
             * Format: int64
             * @description Of them those whose page was seen.
             */
            shown: number;
            /**
             * Format: int64
             * @description Of them those by which somebody began to answer.
             */
            started: number;
        };
        SurveyExamples: {
            /** @description Files of surveys, as in docs/surveys.md. */
            examples: unknown[];
        };
        /** @description What a survey would have led to in the last four weeks. */
        SurveyForecast: {
            answer_rate?: null | components["schemas"]["Estimate"];
            /** @description Whose answers that part is of: `this_survey`, or `all_surveys` while this one has fewer than 30 invitations. */
            answer_rate_of?: string | null;
            answers_per_week?: null | components["schemas"]["Estimate"];
            /**
             * @description Some of those who would have been invited.
             * @example [
             *       "cus_17"
             *     ]
             */
            asked: string[];
            /**
             * Format: int64
             * @description Customers who would have been invited if they could be reached.
             */
            customers: number;
            /**
             * Format: int64
             * @description Days of which the events were read.
             */
            days: number;
            /**
             * Format: int64
             * @description Of them those on which the lot fell, of customers of the segment.
             */
            drawn: number;
            findings: components["schemas"]["Finding"][];
            /** Format: double */
            invitations_per_week: number;
            /**
             * Format: int64
             * @description Of those drawn so many that the contact rule leaves alone, as if no other survey asked.
             */
            left_alone: number;
            /**
             * Format: int64
             * @description Encounters, days or moments at which somebody could have been invited.
             */
            occasions: number;
            reachable?: null | components["schemas"]["Estimate"];
        };
        /** @description What customers would see, as HTML that belongs into a frame with a sandbox. The script in it sends nothing. */
        SurveyPreview: {
            accent?: null | components["schemas"]["SurveyAccent"];
            /** @example es */
            language: string;
            /** @description The page that asks. */
            page: string;
            /** @description A style sheet with the colours of the survey, which is in neither page. */
            style?: string | null;
            /** @description The page after the answer. */
            thanks: string;
        };
        SurveyProblem: {
            /** @example missing */
            code: string;
            /** @description What is wrong and what to do. */
            detail: string;
            /**
             * @description JSON path.
             * @example $.questions[2].text.es
             */
            place: string;
        };
        /** @description What somebody answered. */
        SurveyResponse: {
            answered_at: string;
            /** @description By question. Comments are without e-mails, telephone numbers and the like for whoever may not read personal data. */
            answers: unknown;
            channel: string;
            /** @description What its comments say. */
            comments: components["schemas"]["AnsweredComment"][];
            /** @example srs_42 */
            id: string;
            /** @description Whether it belongs to nobody. Its time is then rounded to the day. */
            is_anonymous: boolean;
            /** @description Whether it was sent; otherwise what had been answered when its page was left. */
            is_complete: boolean;
            /**
             * @description Of the texts that were shown.
             * @example es
             */
            language: string;
            /** @description Why it may not be what a customer thought: `again`, `robot`, `straight`, `fast`. Marked answers are kept and counted. */
            marks: string[];
            touchpoint?: string | null;
            unit?: string | null;
            /**
             * Format: int32
             * @description The version that was answered.
             */
            version: number;
        };
        /** @description Who answered a survey and who did not. */
        SurveyResponseRate: {
            anonymous: components["schemas"]["AnonymousCounts"];
            /** @description Invitations told apart by channel, unit, touchpoint and segment; what none has is not among them. */
            breakdowns: components["schemas"]["ResponseBreakdown"][];
            /** @description What those who answered and those who did not have been compared in, the largest difference first. */
            differences: components["schemas"]["ResponseDifference"][];
            findings: components["schemas"]["Finding"][];
            over: components["schemas"]["Over"];
            /** @description Always `association`: it says nothing of why somebody did not answer. */
            reading: string;
            /**
             * Format: int64
             * @description Invitations of the last seven days: their answers may still come.
             */
            recent: number;
            /** @description By name. */
            survey: string;
            /**
             * Format: int64
             * @description Answers in the period of customers who had not been invited.
             */
            uninvited: number;
            whole: components["schemas"]["ResponseStages"];
        };
        SurveyResponses: {
            /** @description Where the next page begins; absent on the last one. */
            next?: string | null;
            /** @description The newest first. */
            responses: components["schemas"]["SurveyResponse"][];
        };
        Surveys: {
            /** @description In the order in which they were made. */
            surveys: components["schemas"]["Survey"][];
        };
        TextInBoth: {
            /**
             * @default
             * @example Loyalty points
             */
            en: string;
            /**
             * @default
             * @example Puntos del club
             */
            es: string;
        };
        TextsInBoth: {
            /**
             * @default []
             * @example [
             *       "loyalty points"
             *     ]
             */
            en: string[];
            /**
             * @default []
             * @example [
             *       "puntos del club",
             *       "fideliz*"
             *     ]
             */
            es: string[];
        };
        /** @description A topic over time. */
        Theme: {
            /** @description In the order of `periods`. */
            periods: components["schemas"]["ThemePart"][];
            /** @example waiting */
            topic: string;
            total: components["schemas"]["ThemePart"];
            /** @description Words that comments about it have more often than others: an association. The surest first. */
            words: components["schemas"]["ThemeWord"][];
        };
        /** @description A topic in a part of the period. */
        ThemePart: {
            /**
             * Format: int64
             * @description Comments that speak of it.
             */
            comments: number;
            negative?: null | components["schemas"]["CommentShare"];
            positive?: null | components["schemas"]["CommentShare"];
            share?: null | components["schemas"]["CommentShare"];
        };
        /** @description A part of the period. */
        ThemePeriod: {
            /**
             * Format: int64
             * @description All comments of it.
             */
            comments: number;
            /** @example 2026-03-30 */
            first_day: string;
            is_over: boolean;
        };
        /** @description How comments sound. */
        ThemeSentiment: {
            /** Format: int64 */
            comments: number;
            negative?: null | components["schemas"]["CommentShare"];
            positive?: null | components["schemas"]["CommentShare"];
        };
        ThemeWord: {
            /**
             * Format: int64
             * @description Comments about the topic that have it.
             */
            comments: number;
            /**
             * Format: double
             * @description Upper end of the interval of 95 %.
             */
            high: number;
            /**
             * Format: double
             * @description Lower end of the interval of 95 %.
             */
            low: number;
            /**
             * Format: double
             * @description So many times the odds of other comments: 2 is twice.
             */
            odds_ratio: number;
            /** @description As it is mostly written. */
            word: string;
        };
        Timeline: {
            /** @description Events of the customer by channel, whatever was asked for; those without channel are `(none)`, at the end. */
            channels: components["schemas"]["Channel"][];
            customer: string;
            /** @description In the order in which they happened, or the other way round. */
            events: components["schemas"]["TimelineEvent"][];
            /** @description Events of the customer by kind, whatever was asked for. */
            kinds: components["schemas"]["EventKindCount"][];
            /** @description What to send as `after` to go on; none at the end. */
            next?: string | null;
            /**
             * Format: int64
             * @description Events that fit, on whatever page.
             */
            total: number;
        };
        /** @description One event of a timeline. */
        TimelineEvent: {
            activity?: string | null;
            amount?: null | components["schemas"]["Amount"];
            caused_by?: null | components["schemas"]["Cause"];
            channel?: string | null;
            id: string;
            /** @example track */
            kind: string;
            objects: string[];
            occurred_at: string;
            properties: unknown;
            received_at: string;
            /** Format: int64 */
            seq: number;
            source: string;
            unit?: string | null;
        };
        /** @description A topic, what the program says of it and what the organisation does. */
        Topic: {
            edit?: null | components["schemas"]["TopicEdit"];
            /** @example waiting */
            id: string;
            /** @description Nothing is found that speaks of it. */
            is_hidden: boolean;
            /** @description What it is called now. */
            name: components["schemas"]["TextInBoth"];
            shipped?: null | components["schemas"]["ShippedTopic"];
        };
        /** @description A topic of an organisation's own, or what it changes in one of the program. */
        TopicEdit: {
            /** @description Comments that speak of it: its tests. One in which it is not found is refused. At most 50 in each language. */
            examples?: components["schemas"]["TextsInBoth"];
            /**
             * @description One or more words each, `*` at the end of a word stands for any ending; beside those of the program. At most 200 in each
             *     language.
             */
            expressions?: components["schemas"]["TextsInBoth"];
            /**
             * @description Lower-case letters, digits and `_`, at most 64. One of the program's is changed.
             * @example loyalty
             */
            id: string;
            /** @description Nothing is found that speaks of it. */
            is_hidden?: boolean;
            /** @description In both languages for a topic of one's own; of one of the program, what is empty stays as it is. At most 60 characters. */
            name?: components["schemas"]["TextInBoth"];
        };
        /** @description Something that a comment speaks of, with the judgement of its clause. */
        TopicMention: {
            /** @description `negative`, `neutral` or `positive`. */
            class: string;
            /** @description Whether this topic is found too unreliably in this language to be relied on. */
            experimental: boolean;
            /**
             * Format: float
             * @description -1 (bad) to 1 (good).
             */
            score: number;
            /** @example waiting */
            topic: string;
            /** @description The words that say so. */
            words: string;
        };
        /** @description The topics that comments are read by. */
        Topics: {
            /** @description All there are, by id, those that are hidden too. */
            topics: components["schemas"]["Topic"][];
            /** @description Absent before the first change, as who made it. */
            updated_at?: string | null;
            updated_by?: string | null;
            /**
             * Format: int64
             * @description One more with each change. Send it back with the next one.
             * @example 3
             */
            version: number;
        };
        /** @description What a channel or a touchpoint is credited with, by each model. */
        TouchCredit: {
            /** @description Only by touchpoint. */
            activity?: string | null;
            channel: string;
            first: components["schemas"]["Credit"];
            last: components["schemas"]["Credit"];
            linear: components["schemas"]["Credit"];
            /** @description Two fifths to the first and to the last touch each, the rest to those between. */
            position: components["schemas"]["Credit"];
            removal?: null | components["schemas"]["Credit"];
            /**
             * Format: double
             * @description The share of outcomes that would be lost without it, by the chain, 0 to 1; only when asked for.
             */
            removal_effect?: number | null;
        };
        /** @description A fact about a customer with where and when it was learnt. */
        Trait: {
            name: string;
            seen_at: string;
            source: string;
            value: unknown;
        };
        /** @description A place where events happen. */
        Unit: {
            /** @description Whether it was put into the tree; others were only seen in events, and hang below the organisation. */
            is_in_tree: boolean;
            /** @description Whether an event has named it. */
            is_seen: boolean;
            /** @description Free text, such as `country` or `shop`. */
            kind?: string | null;
            /** @description As people call it. */
            label: string;
            /**
             * @description As events carry it.
             * @example ES-MAD-01
             */
            name: string;
            /** @description The unit above it; none directly below the organisation. */
            parent?: string | null;
        };
        /** @description What a unit is from now on; what is absent is nothing, not what it was. */
        UnitPlace: {
            kind?: string | null;
            /** @description As people call it; its name unless told. */
            label?: string | null;
            /** @description The unit above it; directly below the organisation unless told. */
            parent?: string | null;
        };
        /** @description Units by name. */
        Units: {
            units: components["schemas"]["Unit"][];
        };
        /** @description Units that are added or changed together; those that are not named stay as they are. */
        UnitsChange: {
            units: components["schemas"]["NewUnit"][];
        };
        /** @description A person. */
        User: {
            created_at: string;
            /** @description Since when they may not sign in. */
            disabled_at?: string | null;
            email: string;
            /** @example usr_7 */
            id: string;
            language: string;
            /** @description Of those who are signed in. */
            last_seen_at?: string | null;
            name: string;
            /** @description `owner`, `analyst` or `shop_manager`. */
            role: string;
            /** @description Of a shop manager. */
            unit?: string | null;
        };
        /** @description People by when they came. */
        Users: {
            users: components["schemas"]["User"][];
        };
        /** @description What a customer is worth so far. */
        Value: {
            /** @description Each currency for itself. */
            by_currency: components["schemas"]["Amounts"][];
            findings: components["schemas"]["Finding"][];
            /** @description Amounts for which no rate holds on their day, in their own currency. */
            left_out: components["schemas"]["Amounts"][];
            /** @description In the organisation's currency, each amount with the rate of its day; without what is left out. */
            total: components["schemas"]["Amounts"];
        };
        /** @description The state of the files of the log. */
        Verified: {
            /** @description A sentence for each damaged file, with its name. */
            damaged: string[];
            is_whole: boolean;
        };
        WaitThreshold: {
            /**
             * Format: double
             * @description The larger of the 90th percentile and three times the median.
             */
            longest_ms: number;
            /** Format: double */
            median_ms: number;
            /** Format: double */
            p90_ms: number;
        };
        WordShare: {
            /**
             * Format: float
             * @description Its part of the log-odds: above 0 for good.
             */
            share: number;
            word: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_activities: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Activities"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    update_activity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the activity, percent-encoded */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActivityMeaning"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Activity"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_annotations: {
        parameters: {
            query?: {
                /**
                 * @description Only what lasted until this day, or longer.
                 * @example 2026-03-01
                 */
                from?: string;
                /**
                 * @description Only what had begun before this day.
                 * @example 2026-04-01
                 */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Annotations"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    create_annotation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAnnotation"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Annotation"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    update_annotation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `ann_3` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAnnotation"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Annotation"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    delete_annotation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `ann_3` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_audit: {
        parameters: {
            query?: {
                /** @description At most 1,000; 100 unless told. */
                limit?: number;
                /** @description What `next` of the page before said. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Audit"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_channels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channels"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_comments: {
        parameters: {
            query?: {
                /**
                 * @description Words to look for, in any form, without regard to capitals and accents: `espera larga` wants both, `"muy lenta"` these
                 *     words side by side as they are written, `-app` wants it not to be there, `café OR té` one of its neighbours. Everything
                 *     without it.
                 */
                q?: string;
                /** @description `relevance` (unless told) or `newest`. */
                sort?: string;
                /** @description 1 to 200, 20 unless told. */
                limit?: number;
                /** @description What `next` said. */
                after?: string;
                /** @description Only comments that speak of this topic (`waiting`), or judge it so (`waiting:negative`); repeat it for any of several. */
                topic?: string[];
                /** @description `negative`, `neutral` or `positive`; repeat it for several. */
                sentiment?: string[];
                /** @description `es`, `en`, or `(none)` for any other; repeat it for several. */
                language?: string[];
                /** @description Only comments given in this unit or below it; repeat it for several. `(none)` stands for comments without unit. */
                unit?: string[];
                /** @description Only about this touchpoint, as the property `touchpoint` names it; repeat it for several. */
                touchpoint?: string[];
                /** @description Only answers to this survey, by its name; repeat it for several. */
                survey?: string[];
                /**
                 * @description Of which score `score_at_least` and `score_at_most` speak: `nps`, `csat`, `ces` or `rating`. Alone: comments that come
                 *     with one.
                 */
                metric?: string;
                score_at_least?: number;
                score_at_most?: number;
                /** @description First day, of the organisation's calendar. Questions by week or month begin with the week or month of it. */
                from?: string;
                /** @description The day after the last. */
                to?: string;
                /** @description Instead of `from` and `to`: the last so many days, today included. */
                days?: number;
                /** @description Only what happened on this channel; repeat it for several. `(none)` stands for events without channel. */
                channel?: string[];
                /** @description Only customers who belong to this segment, such as `seg_3`; repeat it for those who belong to all of several. */
                segment?: string[];
                /** @description Only customers who do not belong to this segment; repeat it for those who belong to none of several. */
                without_segment?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comments"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    analyse_comment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewComment"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentAnalysis"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_comment_news: {
        parameters: {
            query?: {
                /** @description Only comments that speak of this topic (`waiting`), or judge it so (`waiting:negative`); repeat it for any of several. */
                topic?: string[];
                /** @description `negative`, `neutral` or `positive`; repeat it for several. */
                sentiment?: string[];
                /** @description `es`, `en`, or `(none)` for any other; repeat it for several. */
                language?: string[];
                /** @description Only comments given in this unit or below it; repeat it for several. `(none)` stands for comments without unit. */
                unit?: string[];
                /** @description Only about this touchpoint, as the property `touchpoint` names it; repeat it for several. */
                touchpoint?: string[];
                /** @description Only answers to this survey, by its name; repeat it for several. */
                survey?: string[];
                /**
                 * @description Of which score `score_at_least` and `score_at_most` speak: `nps`, `csat`, `ces` or `rating`. Alone: comments that come
                 *     with one.
                 */
                metric?: string;
                score_at_least?: number;
                score_at_most?: number;
                /** @description First day, of the organisation's calendar. Questions by week or month begin with the week or month of it. */
                from?: string;
                /** @description The day after the last. */
                to?: string;
                /** @description Instead of `from` and `to`: the last so many days, today included. */
                days?: number;
                /** @description Only what happened on this channel; repeat it for several. `(none)` stands for events without channel. */
                channel?: string[];
                /** @description Only customers who belong to this segment, such as `seg_3`; repeat it for those who belong to all of several. */
                segment?: string[];
                /** @description Only customers who do not belong to this segment; repeat it for those who belong to none of several. */
                without_segment?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentNews"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    choose_quotes: {
        parameters: {
            query?: {
                /** @description 1 to 50, 6 unless told. */
                limit?: number;
                /** @description `json` (unless told), `csv` or `markdown`. */
                format?: string;
                /** @description Only comments that speak of this topic (`waiting`), or judge it so (`waiting:negative`); repeat it for any of several. */
                topic?: string[];
                /** @description `negative`, `neutral` or `positive`; repeat it for several. */
                sentiment?: string[];
                /** @description `es`, `en`, or `(none)` for any other; repeat it for several. */
                language?: string[];
                /** @description Only comments given in this unit or below it; repeat it for several. `(none)` stands for comments without unit. */
                unit?: string[];
                /** @description Only about this touchpoint, as the property `touchpoint` names it; repeat it for several. */
                touchpoint?: string[];
                /** @description Only answers to this survey, by its name; repeat it for several. */
                survey?: string[];
                /**
                 * @description Of which score `score_at_least` and `score_at_most` speak: `nps`, `csat`, `ces` or `rating`. Alone: comments that come
                 *     with one.
                 */
                metric?: string;
                score_at_least?: number;
                score_at_most?: number;
                /** @description First day, of the organisation's calendar. Questions by week or month begin with the week or month of it. */
                from?: string;
                /** @description The day after the last. */
                to?: string;
                /** @description Instead of `from` and `to`: the last so many days, today included. */
                days?: number;
                /** @description Only what happened on this channel; repeat it for several. `(none)` stands for events without channel. */
                channel?: string[];
                /** @description Only customers who belong to this segment, such as `seg_3`; repeat it for those who belong to all of several. */
                segment?: string[];
                /** @description Only customers who do not belong to this segment; repeat it for those who belong to none of several. */
                without_segment?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quotes"];
                    "text/csv": string;
                    "text/markdown": string;
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    compute_comment_themes: {
        parameters: {
            query?: {
                /** @description `day`, `week` or `month`; `week` unless told. */
                every?: string;
                /** @description Of fewer comments no share is told: 1 to 1,000, 10 unless told. */
                minimum?: number;
                /** @description Only comments that speak of this topic (`waiting`), or judge it so (`waiting:negative`); repeat it for any of several. */
                topic?: string[];
                /** @description `negative`, `neutral` or `positive`; repeat it for several. */
                sentiment?: string[];
                /** @description `es`, `en`, or `(none)` for any other; repeat it for several. */
                language?: string[];
                /** @description Only comments given in this unit or below it; repeat it for several. `(none)` stands for comments without unit. */
                unit?: string[];
                /** @description Only about this touchpoint, as the property `touchpoint` names it; repeat it for several. */
                touchpoint?: string[];
                /** @description Only answers to this survey, by its name; repeat it for several. */
                survey?: string[];
                /**
                 * @description Of which score `score_at_least` and `score_at_most` speak: `nps`, `csat`, `ces` or `rating`. Alone: comments that come
                 *     with one.
                 */
                metric?: string;
                score_at_least?: number;
                score_at_most?: number;
                /** @description First day, of the organisation's calendar. Questions by week or month begin with the week or month of it. */
                from?: string;
                /** @description The day after the last. */
                to?: string;
                /** @description Instead of `from` and `to`: the last so many days, today included. */
                days?: number;
                /** @description Only what happened on this channel; repeat it for several. `(none)` stands for events without channel. */
                channel?: string[];
                /** @description Only customers who belong to this segment, such as `seg_3`; repeat it for those who belong to all of several. */
                segment?: string[];
                /** @description Only customers who do not belong to this segment; repeat it for those who belong to none of several. */
                without_segment?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentThemes"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_similar_comments: {
        parameters: {
            query?: {
                /** @description 1 to 200, 10 unless told. */
                limit?: number;
                /** @description Only comments that speak of this topic (`waiting`), or judge it so (`waiting:negative`); repeat it for any of several. */
                topic?: string[];
                /** @description `negative`, `neutral` or `positive`; repeat it for several. */
                sentiment?: string[];
                /** @description `es`, `en`, or `(none)` for any other; repeat it for several. */
                language?: string[];
                /** @description Only comments given in this unit or below it; repeat it for several. `(none)` stands for comments without unit. */
                unit?: string[];
                /** @description Only about this touchpoint, as the property `touchpoint` names it; repeat it for several. */
                touchpoint?: string[];
                /** @description Only answers to this survey, by its name; repeat it for several. */
                survey?: string[];
                /**
                 * @description Of which score `score_at_least` and `score_at_most` speak: `nps`, `csat`, `ces` or `rating`. Alone: comments that come
                 *     with one.
                 */
                metric?: string;
                score_at_least?: number;
                score_at_most?: number;
                /** @description First day, of the organisation's calendar. Questions by week or month begin with the week or month of it. */
                from?: string;
                /** @description The day after the last. */
                to?: string;
                /** @description Instead of `from` and `to`: the last so many days, today included. */
                days?: number;
                /** @description Only what happened on this channel; repeat it for several. `(none)` stands for events without channel. */
                channel?: string[];
                /** @description Only customers who belong to this segment, such as `seg_3`; repeat it for those who belong to all of several. */
                segment?: string[];
                /** @description Only customers who do not belong to this segment; repeat it for those who belong to none of several. */
                without_segment?: string[];
            };
            header?: never;
            path: {
                /** @description `evt_…`, the event that the comment came with */
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimilarComments"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    show_contact_rule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactRule"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    update_contact_rule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactRule"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactRule"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    find_customers: {
        parameters: {
            query?: {
                /** @description Exactly what the customer is known by: an e-mail, a phone, a user id, any other identifier, or the customer's id. */
                identifier?: string;
                /** @description Words of a name, in any order and not whole; or an identifier, or at least three characters of its beginning. */
                q?: string;
                /** @description At most 1,000; 50 unless told. */
                limit?: number;
                /** @description What `next` of the page before said. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customers"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    show_customer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `cus_17` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_customer_events: {
        parameters: {
            query?: {
                /** @description `asc` for the oldest first, `desc` for the newest first; `asc` unless told. */
                order?: string;
                /** @description First day, of the organisation's calendar. */
                from?: string;
                /** @description The day after the last. */
                to?: string;
                /** @description Only events on this channel; repeat it for several. `(none)` stands for events without channel. */
                channel?: string[];
                /** @description Only events of this kind, such as `track` or `identify`; repeat it for several. */
                kind?: string[];
                /** @description Only events of this activity; repeat it for several. */
                activity?: string[];
                /** @description At most 10,000; 500 unless told. */
                limit?: number;
                /** @description What `next` of the page before said. */
                after?: string;
            };
            header?: never;
            path: {
                /** @description `cus_17` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_dead_letters: {
        parameters: {
            query?: {
                /** @description Only those with this code, such as `missing_identifier`. */
                code?: string;
                /** @description Only those of this source. */
                source?: string;
                /** @description What `next` of the page before said. */
                after?: string;
                /** @description At most 1,000; 100 unless told. */
                limit?: number;
                /** @description Whether the bytes come too, which may be personal: takes the scope admin. */
                with_raw?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetters"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    replay_dead_letters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replayed"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    show_dead_letter: {
        parameters: {
            query?: {
                /** @description Whether the bytes come too, which may be personal: takes the scope admin. */
                with_raw?: boolean;
            };
            header?: never;
            path: {
                /** @description `ded_5` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetter"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    replay_dead_letter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `ded_5` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Correction"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayedLetter"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    find_drivers: {
        parameters: {
            query: {
                /**
                 * @description What is moved: `nps`, `csat`, `ces`, `rating` or a metric of one's own, by the answer itself; `return_30d`, whether the customer orders within 30
                 *     days after the answer; `spend_30d`, for how much.
                 */
                of: string;
                /** @description Only answers to this survey. Its own questions are then variables too. */
                survey?: string;
                /** @description How long before an answer counts what was lived: `14d` unless told, at most `90d`. */
                before?: string;
                /**
                 * @description Only variables of a kind: `answers`, `topics` or `lived`; repeat it for several. What else was answered is no cause of an answer
                 *     and may hide what was lived.
                 */
                among?: string[];
                /** @description A property of answers that is a variable too; repeat it for several. */
                variable?: string[];
                /** @description A property of answers that was known before and is held equal; repeat it for several. */
                control?: string[];
                /** @description An activity by which a promise is broken, besides those whose names end so; repeat it for several. */
                broken_promise?: string[];
                /** @description Of fewer answers nothing is told: 10 to 1,000, 30 unless told. */
                minimum?: number;
                /** @description First day, of the organisation's calendar. Questions by week or month begin with the week or month of it. */
                from?: string;
                /** @description The day after the last. */
                to?: string;
                /** @description Instead of `from` and `to`: the last so many days, today included. */
                days?: number;
                /** @description Only what happened on this channel; repeat it for several. `(none)` stands for events without channel. */
                channel?: string[];
                /** @description Only customers who belong to this segment, such as `seg_3`; repeat it for those who belong to all of several. */
                segment?: string[];
                /** @description Only customers who do not belong to this segment; repeat it for those who belong to none of several. */
                without_segment?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Drivers"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    count_events: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Counts"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    export_events: {
        parameters: {
            query?: {
                /** @description `jsonl`, `csv` or `parquet`; `jsonl` unless told. */
                format?: string;
                /** @description Whether identifiers and personal values come too: takes the scope admin, and is audited. */
                with_personal?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every event */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    show_freshness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Freshness"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    verify_events: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verified"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_findings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataFindings"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    import_events: {
        parameters: {
            query?: {
                /** @description Its name. */
                file?: string;
                /** @description `csv` or `jsonl`; told by its first bytes when absent. */
                format?: string;
                /** @description `customer=COL,activity=COL,occurred_at=COL[,channel=COL][,unit=COL][,property:NAME=COL]`; guessed when absent. */
                map?: string;
                /** @description `reviews` or `answers`: the mapping is guessed as files of that have it. Instead of `map`. */
                as?: string;
                /** @description Zone of times without one; the organisation's when absent. */
                time_zone?: string;
                /** @description Where the events come from; the name of the file when absent. */
                source?: string;
                /** @description `false` for rows without a header: columns are then numbers from 1. */
                header?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The file, of any size */
        requestBody: {
            content: {
                "text/plain": string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    preview_import: {
        parameters: {
            query?: {
                /** @description Its name. */
                file?: string;
                /** @description `csv` or `jsonl`; told by its first bytes when absent. */
                format?: string;
                /** @description `customer=COL,activity=COL,occurred_at=COL[,channel=COL][,unit=COL][,property:NAME=COL]`; guessed when absent. */
                map?: string;
                /** @description `reviews` or `answers`: the mapping is guessed as files of that have it. Instead of `map`. */
                as?: string;
                /** @description Zone of times without one; the organisation's when absent. */
                time_zone?: string;
                /** @description Where the events come from; the name of the file when absent. */
                source?: string;
                /** @description `false` for rows without a header: columns are then numbers from 1. */
                header?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The first bytes of the file */
        requestBody: {
            content: {
                "text/plain": string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPreview"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_invitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitations"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    create_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInvitation"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedInvitation"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    accept_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkAnswer"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    show_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkToken"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenLink"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    revoke_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the invitation */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It opens nothing any more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    compute_attribution: {
        parameters: {
            query: {
                /** @description The activity that is the outcome; repeat it for several of which each is one. */
                outcome: string[];
                /** @description The longest time from a touch to its outcome, such as `30d`, `12h`; 30 days unless told. */
                window?: string;
                /** @description What is credited: `channel`, or `touchpoint` for activities on channels; `channel` unless told. */
                by?: string;
                /**
                 * @description Which touches belong to an outcome: `since_outcome_before`, or `whole_window` for those before an earlier outcome
                 *     too; `since_outcome_before` unless told.
                 */
                path?: string;
                /** @description Only this activity is a touch; repeat it for several. All that are no outcomes unless told. */
                touch?: string[];
                /** @description Asks for removal effects too, by a chain that remembers so many touches: 1, 2 or 3. */
                removal?: number;
                /**
                 * @description A property of the outcome that says in numbers what it is worth, credited besides. `revenue`, `total` and `value`
                 *     are amounts, of which `currency` says in which they are.
                 */
                value?: string;
                /** @description With `value`: only amounts in this currency, such as EUR; the organisation's unless told. */
                currency?: string;
                /** @description First day, of the organisation's calendar. Questions by week or month begin with the week or month of it. */
                from?: string;
                /** @description The day after the last. */
                to?: string;
                /** @description Instead of `from` and `to`: the last so many days, today included. */
                days?: number;
                /** @description Only what happened on this channel; repeat it for several. `(none)` stands for events without channel. */
                channel?: string[];
                /** @description Only customers who belong to this segment, such as `seg_3`; repeat it for those who belong to all of several. */
                segment?: string[];
                /** @description Only customers who do not belong to this segment; repeat it for those who belong to none of several. */
                without_segment?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attribution"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_changes: {
        parameters: {
            query?: {
                /** @description Any day of the week in question, of the organisation's calendar; the last full week unless told. */
                week?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changes"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_customers_behind: {
        parameters: {
            query?: {
                /** @description Whether everybody is asked for who did anything at all. */
                everybody?: boolean;
                /** @description Those who did this activity. */
                activity?: string;
                /** @description With `to_activity`: those who did that one directly after this one. */
                from_activity?: string;
                to_activity?: string;
                /** @description Those whose journey starts with this activity. */
                starts_with?: string;
                /** @description Those whose journey ends with this activity. */
                ends_with?: string;
                /** @description Those who took this path: an activity; repeat it for each, in order. */
                path?: string[];
                /** @description With `path`: whether the journey must end with it. */
                ends?: boolean;
                /** @description Those who did this activity at least once without taking one of the `top` paths of `length` activities from it on. */
                tail_of?: string;
                /** @description With `passing` or `tail`: those who took one of the `top` paths of `length` activities from this activity on. */
                paths_from?: string;
                /** @description The same of paths to this activity. */
                paths_to?: string;
                /** @description The same of paths through this activity. */
                paths_through?: string;
                /** @description The same of whole histories or visits. */
                paths_start?: boolean;
                /** @description With a question for paths: only those that have this activity at `position`; repeat it for what directly follows. */
                passing?: string[];
                /** @description With `passing`: where in the path; the first activity is 1, and 1 unless told. */
                position?: number;
                /** @description With `paths_start`: exactly the path that `passing` names, after which more followed (true) or nothing did (false). */
                goes_on?: boolean;
                /** @description With a question for paths: those who have at least one occurrence in none of the paths shown. */
                tail?: boolean;
                /** @description With a question for paths: as that one has them. */
                length?: number;
                top?: number;
                before?: number;
                within?: string;
                collapsed?: boolean;
                /** @description With `reached` or `dropped_after`: a step of the funnel; repeat it for each, in order. */
                step?: string[];
                /**
                 * @description Those who met this friction: what `element` of the question for frictions says, asked with the same `goal`, `start`,
                 *     `window`, `horizon`, `repetitions` and `contact_span`.
                 */
                friction?: string;
                horizon?: string;
                repetitions?: number;
                contact_span?: string;
                /** @description With `measure`: those who reached this activity, at least once with so much effort; repeat it for several. */
                goal?: string[];
                /** @description With `goal`: as the question about effort has it. */
                start?: string[];
                /** @description With `goal`: `steps`, `contacts`, `channels`, `channel_changes`, `waiting_ms` or `elapsed_ms`. */
                measure?: string;
                /** @description With `measure`: so much or more; 0 unless told. */
                at_least?: number;
                /** @description With `step`: as the question for a funnel has them. */
                window?: string;
                window_runs?: string;
                order?: string;
                count?: string;
                /** @description With `step`: what the funnel is broken down by, and the value whose customers are asked for. */
                by?: string;
                value?: string;
                /** @description Those who reached this step; the first is 1. */
                reached?: number;
                /** @description Those who reached this step and not the next; the first is 1. */
                dropped_after?: number;
                /** @description At most 1,000; 50 unless told. */
                limit?: number;
                /** @description What `next` of the page before said. */
                after?: string;
                /** @description `json` or `csv`; `csv` streams everybody, whatever `limit` and `after` say, and is audited. */
                format?: string;
                /** @description First day, of the organisation's calendar. Questions by week or month begin with the week or month of it. */
                from?: string;
                /** @description The day after the last. */
                to?: string;
                /** @description Instead of `from` and `to`: the last so many days, today included. */
                days?: number;
                /** @description Only what happened on this channel; repeat it for several. `(none)` stands for events without channel. */
                channel?: string[];
                /** @description Only customers who belong to this segment, such as `seg_3`; repeat it for those who belong to all of several. */
                segment?: string[];
                /** @description Only customers who do not belong to this segment; repeat it for those who belong to none of several. */
                without_segment?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomersBehind"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_daily_counts: {
        parameters: {
            query?: {
                /** @description Only this activity; repeat it for several. All of them unless told. */
                activity?: string[];
                /** @description First day, of the organisation's calendar. Questions by week or month begin with the week or month of it. */
                from?: string;
                /** @description The day after the last. */
                to?: string;
                /** @description Instead of `from` and `to`: the last so many days, today included. */
                days?: number;
                /** @description Only what happened on this channel; repeat it for several. `(none)` stands for events without channel. */
                channel?: string[];
                /** @description Only customers who belong to this segment, such as `seg_3`; repeat it for those who belong to all of several. */
                segment?: string[];
                /** @description Only customers who do not belong to this segment; repeat it for those who belong to none of several. */
                without_segment?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Daily"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    compute_effort: {
        parameters: {
            query: {
                /** @description The activity that is to be reached; repeat it where any of several will do. */
                goal: string[];
                /**
                 * @description The activity with which it begins; repeat it where any of several will do. The customer's first event (since the
                 *     goal was reached last) unless told.
                 */
                start?: string[];
                /** @description Weeks of the trend, up to the end of the period or to now: 0 to 600; 12 unless told. */
                weeks?: number;
                /** @description First day, of the organisation's calendar. Questions by week or month begin with the week or month of it. */
                from?: string;
                /** @description The day after the last. */
                to?: string;
                /** @description Instead of `from` and `to`: the last so many days, today included. */
                days?: number;
                /** @description Only what happened on this channel; repeat it for several. `(none)` stands for events without channel. */
                channel?: string[];
                /** @description Only customers who belong to this segment, such as `seg_3`; repeat it for those who belong to all of several. */
                segment?: string[];
                /** @description Only customers who do not belong to this segment; repeat it for those who belong to none of several. */
                without_segment?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Effort"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_frictions: {
        parameters: {
            query?: {
                /**
                 * @description What counts as staying; repeat it where any of several will do. Activities with the role purchase unless told, and
                 *     any activity where none has it.
                 */
                goal?: string[];
                /** @description What begins what may be abandoned before the goal; repeat it where any of several will do. Nothing unless told. */
                start?: string[];
                /** @description With `start`: how long the goal may take, such as `7d`; 7 days unless told. */
                window?: string;
                /** @description How long after a friction customers have to stay; 30 days unless told. */
                horizon?: string;
                /** @description How often an activity within a visit is a loop: 2 to 1,000; 3 unless told. */
                repetitions?: number;
                /** @description How long ago a contact for the same reason counts; 30 days unless told. */
                contact_span?: string;
                /**
                 * @description A property that says in numbers what purchases are worth, for what customers spent afterwards; `revenue`,
                 *     `total` or `value` unless told: the first that is laid out with `currency`, or else that purchases have.
                 */
                value?: string;
                /** @description Only amounts in this currency, such as EUR; the organisation's unless told. */
                currency?: string;
                /** @description Frictions shown: 1 to 200; 50 unless told. */
                top?: number;
                /** @description First day, of the organisation's calendar. Questions by week or month begin with the week or month of it. */
                from?: string;
                /** @description The day after the last. */
                to?: string;
                /** @description Instead of `from` and `to`: the last so many days, today included. */
                days?: number;
                /** @description Only what happened on this channel; repeat it for several. `(none)` stands for events without channel. */
                channel?: string[];
                /** @description Only customers who belong to this segment, such as `seg_3`; repeat it for those who belong to all of several. */
                segment?: string[];
                /** @description Only customers who do not belong to this segment; repeat it for those who belong to none of several. */
                without_segment?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Frictions"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    compute_funnel: {
        parameters: {
            query: {
                /**
                 * @description An activity; repeat it for each step, in order. Conditions on properties, on `channel` and on `unit` may
                 *     follow in brackets, and all of them must hold: `Order Completed[payment_method=card][channel!=web][items>=3]`.
                 *     Numbers are compared with `<`, `<=`, `>` and `>=`. An activity with `!` before it stands between two steps and
                 *     ends a chain when it happens there.
                 */
                step: string[];
                /** @description Instead of `step`: all steps, separated by commas; `\,` or double quotes for a comma inside a name. */
                steps?: string;
                /** @description How long it may take, such as `7d`, `12h`, `30min`; 7 days unless told. */
                window?: string;
                /**
                 * @description What the window limits: `from-first`, the time from the first step to the last, or `between-steps`, the time from
                 *     each step to the next. `from-first` unless told.
                 */
                window_runs?: string;
                /**
                 * @description How steps follow each other: `any-between`, in order with other events between them; `strict`, in order and
                 *     directly; `any-order`. `any-between` unless told.
                 */
                order?: string;
                /** @description `customers`, each once, or `entries` besides; `customers` unless told. */
                count?: string;
                /** @description Whether each step but the last says what those did next who dropped out there. */
                after_dropping?: boolean;
                /**
                 * @description A funnel for each value of this: `channel`, `unit` or a property, at the event of the first step, or
                 *     `segment`.
                 */
                by?: string;
                /** @description With `by`: a value; send it twice to compare the two. Of two segments, those who belong to both are left out. */
                compare?: string[];
                /**
                 * @description With `by=segment`: a segment that has a funnel of its own, such as `seg_3`; repeat it for several, at most 20. All
                 *     that are kept unless told.
                 */
                of_segment?: string[];
                /** @description First day, of the organisation's calendar. Questions by week or month begin with the week or month of it. */
                from?: string;
                /** @description The day after the last. */
                to?: string;
                /** @description Instead of `from` and `to`: the last so many days, today included. */
                days?: number;
                /** @description Only what happened on this channel; repeat it for several. `(none)` stands for events without channel. */
                channel?: string[];
                /** @description Only customers who belong to this segment, such as `seg_3`; repeat it for those who belong to all of several. */
                segment?: string[];
                /** @description Only customers who do not belong to this segment; repeat it for those who belong to none of several. */
                without_segment?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Funnel"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    compute_life_cycle: {
        parameters: {
            query?: {
                /** @description Who does this activity is active; repeat it for several of which any will do. Any activity unless told. */
                activity?: string[];
                /** @description `day`, `week` or `month` of the organisation's calendar; `week` unless told. */
                every?: string;
                /** @description First day, of the organisation's calendar. Questions by week or month begin with the week or month of it. */
                from?: string;
                /** @description The day after the last. */
                to?: string;
                /** @description Instead of `from` and `to`: the last so many days, today included. */
                days?: number;
                /** @description Only what happened on this channel; repeat it for several. `(none)` stands for events without channel. */
                channel?: string[];
                /** @description Only customers who belong to this segment, such as `seg_3`; repeat it for those who belong to all of several. */
                segment?: string[];
                /** @description Only customers who do not belong to this segment; repeat it for those who belong to none of several. */
                without_segment?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LifeCycle"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    compute_map: {
        parameters: {
            query?: {
                /** @description Whether each edge has its exact median too. */
                medians?: boolean;
                /** @description First day, of the organisation's calendar. Questions by week or month begin with the week or month of it. */
                from?: string;
                /** @description The day after the last. */
                to?: string;
                /** @description Instead of `from` and `to`: the last so many days, today included. */
                days?: number;
                /** @description Only what happened on this channel; repeat it for several. `(none)` stands for events without channel. */
                channel?: string[];
                /** @description Only customers who belong to this segment, such as `seg_3`; repeat it for those who belong to all of several. */
                segment?: string[];
                /** @description Only customers who do not belong to this segment; repeat it for those who belong to none of several. */
                without_segment?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcessMap"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_paths: {
        parameters: {
            query?: {
                /** @description The activity with which the paths start. Exactly one of `from_activity`, `to_activity`, `through` and `start`. */
                from_activity?: string;
                /** @description The activity with which the paths end. */
                to_activity?: string;
                /** @description An activity in the middle of the paths. */
                through?: string;
                /** @description With `through`: activities before it; half of the others unless told. */
                before?: number;
                /** @description Whole histories (or visits), each as one path. */
                start?: boolean;
                /** @description Activities of a path, at most of one from the start: 1 to 64; 5 unless told, and 64 from the start. */
                length?: number;
                /** @description Paths shown, the most frequent ones: 1 to 10,000; 50 unless told. */
                top?: number;
                /** @description `history`, all that a customer did, or `visit`, events on one channel with less than 30 minutes between them. */
                within?: string;
                /** @description Whether an activity that directly repeats itself counts once. */
                collapsed?: boolean;
                /** @description First day, of the organisation's calendar. Questions by week or month begin with the week or month of it. */
                from?: string;
                /** @description The day after the last. */
                to?: string;
                /** @description Instead of `from` and `to`: the last so many days, today included. */
                days?: number;
                /** @description Only what happened on this channel; repeat it for several. `(none)` stands for events without channel. */
                channel?: string[];
                /** @description Only customers who belong to this segment, such as `seg_3`; repeat it for those who belong to all of several. */
                segment?: string[];
                /** @description Only customers who do not belong to this segment; repeat it for those who belong to none of several. */
                without_segment?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paths"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    compute_retention: {
        parameters: {
            query?: {
                /**
                 * @description Who did this activity for the first time begins then; repeat it for several of which any will do. Any activity unless
                 *     told.
                 */
                start?: string[];
                /** @description Who does this activity comes back; repeat it for several of which any will do. Any activity unless told. */
                return?: string[];
                /** @description `day`, `week` or `month` of the organisation's calendar; `week` unless told. */
                every?: string;
                /** @description `exactly`: back in that day, week or month; `on_or_after`: in it or in any later one. `exactly` unless told. */
                rule?: string;
                /** @description Days, weeks or months after that of the cohort, 0 to 120; 12 unless told. */
                after?: number;
                /** @description First day, of the organisation's calendar. Questions by week or month begin with the week or month of it. */
                from?: string;
                /** @description The day after the last. */
                to?: string;
                /** @description Instead of `from` and `to`: the last so many days, today included. */
                days?: number;
                /** @description Only what happened on this channel; repeat it for several. `(none)` stands for events without channel. */
                channel?: string[];
                /** @description Only customers who belong to this segment, such as `seg_3`; repeat it for those who belong to all of several. */
                segment?: string[];
                /** @description Only customers who do not belong to this segment; repeat it for those who belong to none of several. */
                without_segment?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Retention"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_keys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Keys"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    create_key: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewKey"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedKey"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    revoke_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or name of the key */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    watch_events: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream of messages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["LiveMessage"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_mail_refusals: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: number;
                /** @description 1 to 1,000; 100 unless told. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailRefusals"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    remove_mail_refusal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An e-mail address */
                address: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It may be written to */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    take_mail_report: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The message as it came, at most 1 MB */
        requestBody: {
            content: {
                "message/rfc822": number[];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailReport"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    test_mail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMailTest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailTest"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    merge_customers: {
        parameters: {
            query?: {
                /** @description Only show what would change. */
                dry_run?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityChange"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    undo_merge: {
        parameters: {
            query?: {
                /** @description Only show what would change. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description `mrg_3` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityChange"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metrics"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    create_metric: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMetric"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metric"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    update_metric: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `warmth` */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MetricDefinition"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metric"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    delete_metric: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `warmth` */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    show_organisation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organisation"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    update_organisation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganisationChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organisation"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_properties: {
        parameters: {
            query?: {
                /** @description Only those of this activity. */
                activity?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Properties"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_questions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuestions"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    create_question: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewQuestion"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuestion"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    show_question: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `que_3` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuestion"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    update_question: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `que_3` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuestionChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuestion"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    delete_question: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `que_3` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_rates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangeRates"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    update_rates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RatesChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangeRates"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    update_rate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description ISO 4217 */
                currency: string;
                /** @description A day of the organisation's calendar, such as 2026-01-01 */
                valid_from: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRate"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangeRates"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    delete_rate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description ISO 4217 */
                currency: string;
                /** @description The day from which the rate holds */
                valid_from: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    compute_scores: {
        parameters: {
            query: {
                /** @description `nps`, `csat`, `ces`, `rating`, or a metric of one's own. */
                metric: string;
                /** @description `day`, `week` or `month`; `week` unless told. */
                every?: string;
                /** @description Tells answers apart: `channel`, `unit`, or a property such as `touchpoint`. */
                by?: string;
                /** @description Only answers to this survey, those that belong to nobody too. */
                survey?: string;
                /** @description Of fewer answers no score is told, only how many they are: 1 to 1,000, 10 unless told. */
                minimum?: number;
                /** @description First day, of the organisation's calendar. Questions by week or month begin with the week or month of it. */
                from?: string;
                /** @description The day after the last. */
                to?: string;
                /** @description Instead of `from` and `to`: the last so many days, today included. */
                days?: number;
                /** @description Only what happened on this channel; repeat it for several. `(none)` stands for events without channel. */
                channel?: string[];
                /** @description Only customers who belong to this segment, such as `seg_3`; repeat it for those who belong to all of several. */
                segment?: string[];
                /** @description Only customers who do not belong to this segment; repeat it for those who belong to none of several. */
                without_segment?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scores"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_segments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Segments"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    create_segment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSegment"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Segment"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    show_segment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `seg_3` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Segment"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    delete_segment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `seg_3` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    count_segment: {
        parameters: {
            query?: {
                /** @description Weeks looked back at: 0 to 53; 12 unless told. */
                weeks?: number;
            };
            header?: never;
            path: {
                /** @description `seg_3` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentSizes"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    show_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    begin_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    end_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    update_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MyChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    change_my_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description It is changed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_my_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenSessions"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    end_my_other_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They have ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    end_my_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the session */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    show_setup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupDto"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    set_up: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FirstSteps"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_surveys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Surveys"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    create_survey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The file of a survey, as in docs/surveys.md */
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Survey"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    check_survey: {
        parameters: {
            query?: {
                /** @description Of the preview; the survey's own nearest one. */
                language?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The file of a survey, as in docs/surveys.md */
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SurveyCheck"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_survey_examples: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SurveyExamples"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    forecast_survey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The file of a survey, as in docs/surveys.md */
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SurveyForecast"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    show_survey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `srv_3` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Survey"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    update_survey: {
        parameters: {
            query?: {
                /** @description The version that the change was made on. Without it the newest one. */
                version?: number;
            };
            header?: never;
            path: {
                /** @description `srv_3` */
                id: string;
            };
            cookie?: never;
        };
        /** @description The file of a survey, with the name that it has */
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Survey"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    invite_to_survey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `srv_3` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInvitations"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationLinks"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    count_planned_invitations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `srv_3` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlannedInvitations"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    draw_survey_code: {
        parameters: {
            query?: {
                /** @description What the answers are about, `channel:activity`. */
                touchpoint?: string;
                /** @description Where the code hangs. */
                unit?: string;
            };
            header?: never;
            path: {
                /** @description `srv_3` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    compute_response: {
        parameters: {
            query?: {
                /** @description First day, of the organisation's calendar. Questions by week or month begin with the week or month of it. */
                from?: string;
                /** @description The day after the last. */
                to?: string;
                /** @description Instead of `from` and `to`: the last so many days, today included. */
                days?: number;
                /** @description Only what happened on this channel; repeat it for several. `(none)` stands for events without channel. */
                channel?: string[];
                /** @description Only customers who belong to this segment, such as `seg_3`; repeat it for those who belong to all of several. */
                segment?: string[];
                /** @description Only customers who do not belong to this segment; repeat it for those who belong to none of several. */
                without_segment?: string[];
            };
            header?: never;
            path: {
                /** @description `srv_3` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SurveyResponseRate"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_survey_responses: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                /** @description 1 to 1,000; 100 unless told. */
                limit?: number;
                /** @description `with`: only answers with marks; `without`: only those with none. */
                marks?: string;
            };
            header?: never;
            path: {
                /** @description `srv_3` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SurveyResponses"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    set_survey_state: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `srv_3` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSurveyState"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Survey"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    show_survey_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `srv_3` */
                id: string;
                /** @description 1 to that of the survey */
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_topics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Topics"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    update_topics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTopics"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Topics"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    check_topic: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TopicEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedTopic"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_units: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Units"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    update_units: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UnitsChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Units"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    update_unit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the unit, percent-encoded */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UnitPlace"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Units"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    delete_unit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the unit, percent-encoded */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is out of the tree */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    list_users: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Users"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    update_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or e-mail of the person */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    reset_password: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or e-mail of the person */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedInvitation"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /**
                         * @description `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
                         *     `internal` or `unavailable`.
                         */
                        code: string;
                        /** @description What is wrong and what to do. */
                        detail: string;
                        /** @description Under which the log of the server tells more. */
                        request_id: string;
                        /** Format: int32 */
                        status: number;
                        title: string;
                        /** @description `about:blank`: the code says which. */
                        type: string;
                    };
                };
            };
        };
    };
    collect_pixel: {
        parameters: {
            query?: {
                /** @description One event with its `writeKey`, as JSON or as base64 of it. */
                data?: string;
            };
            header?: never;
            path: {
                /** @description `track`, `page`, `identify` … */
                method: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A transparent point */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/gif": number[];
                };
            };
        };
    };
    show_client_settings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A key with the scope collect */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refused"];
                };
            };
        };
    };
    collect_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `track`, `t`, … or `batch`, `b`, `import`; `m` is accepted and dropped */
                call: string;
            };
            cookie?: never;
        };
        /** @description One event, or `{"batch": […]}`; gzip is read */
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refused"];
                };
            };
        };
    };
}
