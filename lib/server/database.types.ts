export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  // Tells createClient which PostgREST the types are for.
  __InternalSupabase: {
    PostgrestVersion: "13"
  }
  public: {
    Tables: {
      agent_circuit: {
        Row: {
          changed_at: string
          failures: number
          id: number
          kind: string | null
          message: string | null
          opened_at: string | null
          openings: number
          retry_at: string | null
          status: string
        }
        Insert: {
          changed_at?: string
          failures?: number
          id?: number
          kind?: string | null
          message?: string | null
          opened_at?: string | null
          openings?: number
          retry_at?: string | null
          status?: string
        }
        Update: {
          changed_at?: string
          failures?: number
          id?: number
          kind?: string | null
          message?: string | null
          opened_at?: string | null
          openings?: number
          retry_at?: string | null
          status?: string
        }
        Relationships: []
      }
      agent_definitions: {
        Row: {
          activated_at: string | null
          activated_by: string | null
          active: boolean
          agent: string
          author: string
          created_at: string
          file_version: string | null
          note: string | null
          origin: string
          source: string
          version: string
        }
        Insert: {
          activated_at?: string | null
          activated_by?: string | null
          active?: boolean
          agent: string
          author: string
          created_at?: string
          file_version?: string | null
          note?: string | null
          origin: string
          source: string
          version: string
        }
        Update: {
          activated_at?: string | null
          activated_by?: string | null
          active?: boolean
          agent?: string
          author?: string
          created_at?: string
          file_version?: string | null
          note?: string | null
          origin?: string
          source?: string
          version?: string
        }
        Relationships: []
      }
      agent_feedback: {
        Row: {
          adjustment: string | null
          after: Json | null
          agent: string
          approval_id: string | null
          author: string
          became: string | null
          before: Json | null
          checkpoint: string
          created_at: string
          effect_bps: number | null
          id: string
          measure: string | null
          measured_at: string | null
          outcome: string | null
          pinned: boolean
          search_id: string | null
          status: string
          tag_keys: string[]
          tags: string[]
          updated_at: string
          words: string
        }
        Insert: {
          adjustment?: string | null
          after?: Json | null
          agent: string
          approval_id?: string | null
          author: string
          became?: string | null
          before?: Json | null
          checkpoint: string
          created_at?: string
          effect_bps?: number | null
          id?: string
          measure?: string | null
          measured_at?: string | null
          outcome?: string | null
          pinned?: boolean
          search_id?: string | null
          status?: string
          tag_keys?: never
          tags?: string[]
          updated_at?: string
          words: string
        }
        Update: {
          adjustment?: string | null
          after?: Json | null
          agent?: string
          approval_id?: string | null
          author?: string
          became?: string | null
          before?: Json | null
          checkpoint?: string
          created_at?: string
          effect_bps?: number | null
          id?: string
          measure?: string | null
          measured_at?: string | null
          outcome?: string | null
          pinned?: boolean
          search_id?: string | null
          status?: string
          tag_keys?: never
          tags?: string[]
          updated_at?: string
          words?: string
        }
        Relationships: [
          {
            foreignKeyName: "agent_feedback_asked"
            columns: ["approval_id"]
            isOneToOne: false
            referencedRelation: "approval_queue"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "agent_feedback_became_fkey"
            columns: ["became"]
            isOneToOne: false
            referencedRelation: "agent_feedback"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "agent_feedback_checkpoint_fkey"
            columns: ["checkpoint"]
            isOneToOne: false
            referencedRelation: "checkpoint_settings"
            referencedColumns: ["checkpoint"]
          },
          {
            foreignKeyName: "agent_feedback_search_id_fkey"
            columns: ["search_id"]
            isOneToOne: false
            referencedRelation: "searches"
            referencedColumns: ["id"]
          },
        ]
      }
      agent_run_learnings: {
        Row: {
          feedback_id: string
          line: string
          run_id: string
        }
        Insert: {
          feedback_id: string
          line: string
          run_id: string
        }
        Update: {
          feedback_id?: string
          line?: string
          run_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "agent_run_learnings_feedback_id_fkey"
            columns: ["feedback_id"]
            isOneToOne: false
            referencedRelation: "agent_feedback"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "agent_run_learnings_run_id_fkey"
            columns: ["run_id"]
            isOneToOne: false
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
        ]
      }
      agent_runs: {
        Row: {
          agent: string
          agent_version: string
          agreement_bps: number | null
          agreement_note: string | null
          answered_model: string | null
          attempts: number
          cost_microusd: number | null
          duration_ms: number | null
          email_id: string | null
          failure_kind: string | null
          failure_message: string | null
          finished_at: string | null
          id: string
          input: Json | null
          input_tokens: number | null
          kind: string
          learnings_given: number
          model: string
          output: Json | null
          output_tokens: number | null
          prompt: string
          purpose: string
          schema_errors: Json
          schema_hash: string | null
          search_id: string | null
          session_id: string | null
          shadow_id: string | null
          shadow_of: string | null
          started_at: string
          status: string
        }
        Insert: {
          agent: string
          agent_version: string
          agreement_bps?: number | null
          agreement_note?: string | null
          answered_model?: string | null
          attempts?: number
          cost_microusd?: number | null
          duration_ms?: number | null
          email_id?: string | null
          failure_kind?: string | null
          failure_message?: string | null
          finished_at?: string | null
          id?: string
          input?: Json | null
          input_tokens?: number | null
          kind?: string
          learnings_given?: number
          model: string
          output?: Json | null
          output_tokens?: number | null
          prompt: string
          purpose: string
          schema_errors?: Json
          schema_hash?: string | null
          search_id?: string | null
          session_id?: string | null
          shadow_id?: string | null
          shadow_of?: string | null
          started_at?: string
          status?: string
        }
        Update: {
          agent?: string
          agent_version?: string
          agreement_bps?: number | null
          agreement_note?: string | null
          answered_model?: string | null
          attempts?: number
          cost_microusd?: number | null
          duration_ms?: number | null
          email_id?: string | null
          failure_kind?: string | null
          failure_message?: string | null
          finished_at?: string | null
          id?: string
          input?: Json | null
          input_tokens?: number | null
          kind?: string
          learnings_given?: number
          model?: string
          output?: Json | null
          output_tokens?: number | null
          prompt?: string
          purpose?: string
          schema_errors?: Json
          schema_hash?: string | null
          search_id?: string | null
          session_id?: string | null
          shadow_id?: string | null
          shadow_of?: string | null
          started_at?: string
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: "agent_runs_email_fk"
            columns: ["email_id"]
            isOneToOne: false
            referencedRelation: "synced_emails"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "agent_runs_schema_hash_fkey"
            columns: ["schema_hash"]
            isOneToOne: false
            referencedRelation: "agent_schemas"
            referencedColumns: ["hash"]
          },
          {
            foreignKeyName: "agent_runs_search_id_fkey"
            columns: ["search_id"]
            isOneToOne: false
            referencedRelation: "searches"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "agent_runs_shadow_id_fkey"
            columns: ["shadow_id"]
            isOneToOne: false
            referencedRelation: "agent_shadows"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "agent_runs_shadow_of_fkey"
            columns: ["shadow_of"]
            isOneToOne: false
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
        ]
      }
      agent_schemas: {
        Row: {
          created_at: string
          hash: string
          schema: Json
        }
        Insert: {
          created_at?: string
          hash: string
          schema: Json
        }
        Update: {
          created_at?: string
          hash?: string
          schema?: Json
        }
        Relationships: []
      }
      agent_shadows: {
        Row: {
          agent: string
          budget_microusd: number
          ended_at: string | null
          id: string
          share_pct: number
          started_at: string
          started_by: string
          status: string
          status_reason: string | null
          version: string
        }
        Insert: {
          agent: string
          budget_microusd: number
          ended_at?: string | null
          id?: string
          share_pct: number
          started_at?: string
          started_by: string
          status?: string
          status_reason?: string | null
          version: string
        }
        Update: {
          agent?: string
          budget_microusd?: number
          ended_at?: string | null
          id?: string
          share_pct?: number
          started_at?: string
          started_by?: string
          status?: string
          status_reason?: string | null
          version?: string
        }
        Relationships: [
          {
            foreignKeyName: "agent_shadows_agent_version_fkey"
            columns: ["agent","version"]
            isOneToOne: false
            referencedRelation: "agent_definitions"
            referencedColumns: ["agent","version"]
          },
        ]
      }
      answer_templates: {
        Row: {
          body: string
          category: string | null
          created_at: string
          id: string
          name: string
          position: number
          retired_at: string | null
          updated_at: string
          updated_by: string
        }
        Insert: {
          body: string
          category?: string | null
          created_at?: string
          id?: string
          name: string
          position: number
          retired_at?: string | null
          updated_at?: string
          updated_by?: string
        }
        Update: {
          body?: string
          category?: string | null
          created_at?: string
          id?: string
          name?: string
          position?: number
          retired_at?: string | null
          updated_at?: string
          updated_by?: string
        }
        Relationships: [
          {
            foreignKeyName: "answer_templates_category_fkey"
            columns: ["category"]
            isOneToOne: false
            referencedRelation: "routing_rules"
            referencedColumns: ["category"]
          },
        ]
      }
      approval_queue: {
        Row: {
          agent_run_id: string | null
          campaign_id: string | null
          checkpoint: string
          content_hash: string
          deadline_at: string | null
          decided_at: string | null
          decided_by: string | null
          decided_by_id: string | null
          edits: Json | null
          email_id: string | null
          feedback: string | null
          id: string
          mode: string
          mode_reason: string | null
          priority: number
          proposal: Json
          reminded_at: string | null
          requested_at: string
          revision: number
          run_key: string
          sampled: boolean
          search_id: string | null
          snoozed_until: string | null
          status: string
          summary: string
          title: string
          verdict: string | null
          verdict_at: string | null
          verdict_by: string | null
          verdict_words: string | null
        }
        Insert: {
          agent_run_id?: string | null
          campaign_id?: string | null
          checkpoint: string
          content_hash?: string
          deadline_at?: string | null
          decided_at?: string | null
          decided_by?: string | null
          decided_by_id?: string | null
          edits?: Json | null
          email_id?: string | null
          feedback?: string | null
          id?: string
          mode: string
          mode_reason?: string | null
          priority?: number
          proposal: Json
          reminded_at?: string | null
          requested_at?: string
          revision: number
          run_key: string
          sampled?: boolean
          search_id?: string | null
          snoozed_until?: string | null
          status?: string
          summary: string
          title: string
          verdict?: string | null
          verdict_at?: string | null
          verdict_by?: string | null
          verdict_words?: string | null
        }
        Update: {
          agent_run_id?: string | null
          campaign_id?: string | null
          checkpoint?: string
          content_hash?: string
          deadline_at?: string | null
          decided_at?: string | null
          decided_by?: string | null
          decided_by_id?: string | null
          edits?: Json | null
          email_id?: string | null
          feedback?: string | null
          id?: string
          mode?: string
          mode_reason?: string | null
          priority?: number
          proposal?: Json
          reminded_at?: string | null
          requested_at?: string
          revision?: number
          run_key?: string
          sampled?: boolean
          search_id?: string | null
          snoozed_until?: string | null
          status?: string
          summary?: string
          title?: string
          verdict?: string | null
          verdict_at?: string | null
          verdict_by?: string | null
          verdict_words?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "approval_queue_agent_run_id_fkey"
            columns: ["agent_run_id"]
            isOneToOne: false
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "approval_queue_campaign"
            columns: ["campaign_id"]
            isOneToOne: false
            referencedRelation: "campaigns"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "approval_queue_checkpoint_fkey"
            columns: ["checkpoint"]
            isOneToOne: false
            referencedRelation: "checkpoint_settings"
            referencedColumns: ["checkpoint"]
          },
          {
            foreignKeyName: "approval_queue_email"
            columns: ["email_id"]
            isOneToOne: false
            referencedRelation: "synced_emails"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "approval_queue_search_id_fkey"
            columns: ["search_id"]
            isOneToOne: false
            referencedRelation: "searches"
            referencedColumns: ["id"]
          },
        ]
      }
      audit_log: {
        Row: {
          action: string
          actor: string
          actor_id: string | null
          after: Json | null
          at: string
          before: Json | null
          entity: string
          entity_id: string
          id: number
          why: string | null
        }
        Insert: {
          action: string
          actor: string
          actor_id?: string | null
          after?: Json | null
          at?: string
          before?: Json | null
          entity: string
          entity_id: string
          id?: never
          why?: string | null
        }
        Update: {
          action?: string
          actor?: string
          actor_id?: string | null
          after?: Json | null
          at?: string
          before?: Json | null
          entity?: string
          entity_id?: string
          id?: never
          why?: string | null
        }
        Relationships: []
      }
      brokers: {
        Row: {
          company_id: string | null
          created_at: string
          email: string | null
          email_id: string
          firm: string
          id: string
          name: string
          named_by: string | null
          phone: string | null
          words: string
        }
        Insert: {
          company_id?: string | null
          created_at?: string
          email?: string | null
          email_id: string
          firm?: string
          id?: string
          name?: string
          named_by?: string | null
          phone?: string | null
          words?: string
        }
        Update: {
          company_id?: string | null
          created_at?: string
          email?: string | null
          email_id?: string
          firm?: string
          id?: string
          name?: string
          named_by?: string | null
          phone?: string | null
          words?: string
        }
        Relationships: [
          {
            foreignKeyName: "brokers_company_id_fkey"
            columns: ["company_id"]
            isOneToOne: false
            referencedRelation: "companies"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "brokers_email_id_fkey"
            columns: ["email_id"]
            isOneToOne: false
            referencedRelation: "synced_emails"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "brokers_named_by_fkey"
            columns: ["named_by"]
            isOneToOne: false
            referencedRelation: "contacts"
            referencedColumns: ["id"]
          },
        ]
      }
      campaign_edits: {
        Row: {
          applied_at: string | null
          applied_mails: number | null
          approval_id: string | null
          campaign_id: string
          changes: Json
          hash: string | null
          left_mails: number | null
          made_at: string
          made_by: string
          revision: number
          status: string
          summary: Json
        }
        Insert: {
          applied_at?: string | null
          applied_mails?: number | null
          approval_id?: string | null
          campaign_id: string
          changes: Json
          hash?: string | null
          left_mails?: number | null
          made_at?: string
          made_by: string
          revision: number
          status?: string
          summary?: Json
        }
        Update: {
          applied_at?: string | null
          applied_mails?: number | null
          approval_id?: string | null
          campaign_id?: string
          changes?: Json
          hash?: string | null
          left_mails?: number | null
          made_at?: string
          made_by?: string
          revision?: number
          status?: string
          summary?: Json
        }
        Relationships: [
          {
            foreignKeyName: "campaign_edits_approval_id_fkey"
            columns: ["approval_id"]
            isOneToOne: false
            referencedRelation: "approval_queue"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "campaign_edits_campaign_id_fkey"
            columns: ["campaign_id"]
            isOneToOne: false
            referencedRelation: "campaigns"
            referencedColumns: ["id"]
          },
        ]
      }
      campaign_pulse: {
        Row: {
          at: string
          campaign_id: string
        }
        Insert: {
          at?: string
          campaign_id: string
        }
        Update: {
          at?: string
          campaign_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "campaign_pulse_campaign_id_fkey"
            columns: ["campaign_id"]
            isOneToOne: true
            referencedRelation: "campaigns"
            referencedColumns: ["id"]
          },
        ]
      }
      campaigns: {
        Row: {
          activated_at: string | null
          approval_id: string | null
          auto_paused: boolean
          closed_dates: string[]
          counts_from: string | null
          created_at: string
          dropped_contact_ids: string[]
          id: string
          name: string
          plan_hash: string | null
          plan_revision: number
          search_id: string
          settings: Json
          status: string
          status_reason: string | null
          time_zone: string
          updated_at: string
          window_days: number[]
          window_end: string
          window_start: string
        }
        Insert: {
          activated_at?: string | null
          approval_id?: string | null
          auto_paused?: boolean
          closed_dates?: string[]
          counts_from?: string | null
          created_at?: string
          dropped_contact_ids?: string[]
          id?: string
          name: string
          plan_hash?: string | null
          plan_revision?: number
          search_id: string
          settings: Json
          status?: string
          status_reason?: string | null
          time_zone: string
          updated_at?: string
          window_days: number[]
          window_end: string
          window_start: string
        }
        Update: {
          activated_at?: string | null
          approval_id?: string | null
          auto_paused?: boolean
          closed_dates?: string[]
          counts_from?: string | null
          created_at?: string
          dropped_contact_ids?: string[]
          id?: string
          name?: string
          plan_hash?: string | null
          plan_revision?: number
          search_id?: string
          settings?: Json
          status?: string
          status_reason?: string | null
          time_zone?: string
          updated_at?: string
          window_days?: number[]
          window_end?: string
          window_start?: string
        }
        Relationships: [
          {
            foreignKeyName: "campaigns_approval_id_fkey"
            columns: ["approval_id"]
            isOneToOne: false
            referencedRelation: "approval_queue"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "campaigns_search_id_fkey"
            columns: ["search_id"]
            isOneToOne: true
            referencedRelation: "searches"
            referencedColumns: ["id"]
          },
        ]
      }
      checkpoint_settings: {
        Row: {
          auto_scope: Json
          auto_since: string | null
          auto_until: string | null
          checkpoint: string
          earned_asked_model: string | null
          earned_model: string | null
          earned_version: string | null
          evidence_since: string | null
          looks_left: number
          mode: string
          reason: string | null
          updated_at: string
          updated_by: string
        }
        Insert: {
          auto_scope?: Json
          auto_since?: string | null
          auto_until?: string | null
          checkpoint: string
          earned_asked_model?: string | null
          earned_model?: string | null
          earned_version?: string | null
          evidence_since?: string | null
          looks_left?: number
          mode: string
          reason?: string | null
          updated_at?: string
          updated_by?: string
        }
        Update: {
          auto_scope?: Json
          auto_since?: string | null
          auto_until?: string | null
          checkpoint?: string
          earned_asked_model?: string | null
          earned_model?: string | null
          earned_version?: string | null
          evidence_since?: string | null
          looks_left?: number
          mode?: string
          reason?: string | null
          updated_at?: string
          updated_by?: string
        }
        Relationships: []
      }
      companies: {
        Row: {
          address: string | null
          costar_company_id: number | null
          created_at: string
          do_not_contact_at: string | null
          do_not_contact_reason: string | null
          id: string
          name: string
          name_key: string
          phones: string[]
          source: string
          state: string | null
          updated_at: string
        }
        Insert: {
          address?: string | null
          costar_company_id?: number | null
          created_at?: string
          do_not_contact_at?: string | null
          do_not_contact_reason?: string | null
          id?: string
          name: string
          name_key: string
          phones?: string[]
          source: string
          state?: string | null
          updated_at?: string
        }
        Update: {
          address?: string | null
          costar_company_id?: number | null
          created_at?: string
          do_not_contact_at?: string | null
          do_not_contact_reason?: string | null
          id?: string
          name?: string
          name_key?: string
          phones?: string[]
          source?: string
          state?: string | null
          updated_at?: string
        }
        Relationships: []
      }
      contact_addresses: {
        Row: {
          address: string
          contact_id: string
          created_at: string
          created_by: string
          email_id: string | null
        }
        Insert: {
          address: string
          contact_id: string
          created_at?: string
          created_by?: string
          email_id?: string | null
        }
        Update: {
          address?: string
          contact_id?: string
          created_at?: string
          created_by?: string
          email_id?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "contact_addresses_contact_id_fkey"
            columns: ["contact_id"]
            isOneToOne: false
            referencedRelation: "contacts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "contact_addresses_email_id_fkey"
            columns: ["email_id"]
            isOneToOne: false
            referencedRelation: "synced_emails"
            referencedColumns: ["id"]
          },
        ]
      }
      contacts: {
        Row: {
          bounced_at: string | null
          company_id: string | null
          costar_person_id: number | null
          created_at: string
          do_not_contact_at: string | null
          do_not_contact_reason: string | null
          email: string | null
          email_key: string | null
          first_name: string
          full_name: string
          id: string
          phones: string[]
          source: string
          time_zone: string | null
          title: string | null
          updated_at: string
          mail_status: string | null
        }
        Insert: {
          bounced_at?: string | null
          company_id?: string | null
          costar_person_id?: number | null
          created_at?: string
          do_not_contact_at?: string | null
          do_not_contact_reason?: string | null
          email?: string | null
          email_key?: never
          first_name?: string
          full_name: string
          id?: string
          phones?: string[]
          source: string
          time_zone?: string | null
          title?: string | null
          updated_at?: string
        }
        Update: {
          bounced_at?: string | null
          company_id?: string | null
          costar_person_id?: number | null
          created_at?: string
          do_not_contact_at?: string | null
          do_not_contact_reason?: string | null
          email?: string | null
          email_key?: never
          first_name?: string
          full_name?: string
          id?: string
          phones?: string[]
          source?: string
          time_zone?: string | null
          title?: string | null
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "contacts_company_id_fkey"
            columns: ["company_id"]
            isOneToOne: false
            referencedRelation: "companies"
            referencedColumns: ["id"]
          },
        ]
      }
      costar_lookups: {
        Row: {
          id: number
          kind: string
          market_filter: boolean
          name: string
          retired_at: string | null
        }
        Insert: {
          id: number
          kind: string
          market_filter?: boolean
          name: string
          retired_at?: string | null
        }
        Update: {
          id?: number
          kind?: string
          market_filter?: boolean
          name?: string
          retired_at?: string | null
        }
        Relationships: []
      }
      costar_session: {
        Row: {
          deadline_at: string | null
          detail: string | null
          expires_at: string | null
          id: number
          state: string
          updated_at: string
        }
        Insert: {
          deadline_at?: string | null
          detail?: string | null
          expires_at?: string | null
          id?: number
          state?: string
          updated_at?: string
        }
        Update: {
          deadline_at?: string | null
          detail?: string | null
          expires_at?: string | null
          id?: number
          state?: string
          updated_at?: string
        }
        Relationships: []
      }
      desk_settings: {
        Row: {
          batch_pause_s: number
          batch_size: number
          bounce_pause_count: number
          bounce_pause_percent: number
          closed_dates: string[]
          cooldown_days: number
          cooldown_other_days: number
          daily_limit: number
          desk_name: string
          error_pause_count: number
          error_pause_percent: number
          gap_business_days: number[]
          hourly_limit: number
          id: number
          keep_holidays: boolean
          mail_counts_from: string
          postal_address: string
          sender_name: string
          spacing_max_s: number
          spacing_min_s: number
          stale_after_s: number
          time_zone: string
          uncertain_grace_s: number
          updated_at: string
          updated_by: string
          window_days: number[]
          window_end: string
          window_start: string
        }
        Insert: {
          batch_pause_s?: number
          batch_size?: number
          bounce_pause_count?: number
          bounce_pause_percent?: number
          closed_dates?: string[]
          cooldown_days?: number
          cooldown_other_days?: number
          daily_limit?: number
          desk_name?: string
          error_pause_count?: number
          error_pause_percent?: number
          gap_business_days?: number[]
          hourly_limit?: number
          id?: number
          keep_holidays?: boolean
          mail_counts_from?: string
          postal_address?: string
          sender_name?: string
          spacing_max_s?: number
          spacing_min_s?: number
          stale_after_s?: number
          time_zone?: string
          uncertain_grace_s?: number
          updated_at?: string
          updated_by?: string
          window_days?: number[]
          window_end?: string
          window_start?: string
        }
        Update: {
          batch_pause_s?: number
          batch_size?: number
          bounce_pause_count?: number
          bounce_pause_percent?: number
          closed_dates?: string[]
          cooldown_days?: number
          cooldown_other_days?: number
          daily_limit?: number
          desk_name?: string
          error_pause_count?: number
          error_pause_percent?: number
          gap_business_days?: number[]
          hourly_limit?: number
          id?: number
          keep_holidays?: boolean
          mail_counts_from?: string
          postal_address?: string
          sender_name?: string
          spacing_max_s?: number
          spacing_min_s?: number
          stale_after_s?: number
          time_zone?: string
          uncertain_grace_s?: number
          updated_at?: string
          updated_by?: string
          window_days?: number[]
          window_end?: string
          window_start?: string
        }
        Relationships: []
      }
      desktop_notices: {
        Row: {
          kinds: string[]
          operator_id: string
          updated_at: string
        }
        Insert: {
          kinds: string[]
          operator_id: string
          updated_at?: string
        }
        Update: {
          kinds?: string[]
          operator_id?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "desktop_notices_operator_id_fkey"
            columns: ["operator_id"]
            isOneToOne: true
            referencedRelation: "operators"
            referencedColumns: ["id"]
          },
        ]
      }
      domain_months: {
        Row: {
          bounced: number
          complained: number
          domain: string
          month: string
          sent: number
        }
        Insert: {
          bounced?: number
          complained?: number
          domain: string
          month: string
          sent?: number
        }
        Update: {
          bounced?: number
          complained?: number
          domain?: string
          month?: string
          sent?: number
        }
        Relationships: []
      }
      email_exclusions: {
        Row: {
          created_at: string
          created_by: string
          email_id: string | null
          id: string
          kind: string
          reason: string
          source: string
          value: string
        }
        Insert: {
          created_at?: string
          created_by?: string
          email_id?: string | null
          id?: string
          kind: string
          reason: string
          source: string
          value: string
        }
        Update: {
          created_at?: string
          created_by?: string
          email_id?: string | null
          id?: string
          kind?: string
          reason?: string
          source?: string
          value?: string
        }
        Relationships: []
      }
      enrollments: {
        Row: {
          bounced_at: string | null
          campaign_id: string
          complained_at: string | null
          contact_id: string
          created_at: string
          first_sent_at: string | null
          found_hour: string
          id: string
          interested_at: string | null
          mailbox_id: string
          market: string
          priced_at: string | null
          property_id: string | null
          reached: number | null
          reason: string | null
          replied_at: string | null
          resume_at: string | null
          status: string
          time_zone: string
          updated_at: string
        }
        Insert: {
          bounced_at?: string | null
          campaign_id: string
          complained_at?: string | null
          contact_id: string
          created_at?: string
          first_sent_at?: string | null
          found_hour: string
          id?: string
          interested_at?: string | null
          mailbox_id: string
          market: string
          priced_at?: string | null
          property_id?: string | null
          reached?: never
          reason?: string | null
          replied_at?: string | null
          resume_at?: string | null
          status?: string
          time_zone: string
          updated_at?: string
        }
        Update: {
          bounced_at?: string | null
          campaign_id?: string
          complained_at?: string | null
          contact_id?: string
          created_at?: string
          first_sent_at?: string | null
          found_hour?: string
          id?: string
          interested_at?: string | null
          mailbox_id?: string
          market?: string
          priced_at?: string | null
          property_id?: string | null
          reached?: never
          reason?: string | null
          replied_at?: string | null
          resume_at?: string | null
          status?: string
          time_zone?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "enrollments_campaign_id_fkey"
            columns: ["campaign_id"]
            isOneToOne: false
            referencedRelation: "campaigns"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "enrollments_contact_id_fkey"
            columns: ["contact_id"]
            isOneToOne: false
            referencedRelation: "contacts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "enrollments_mailbox_id_fkey"
            columns: ["mailbox_id"]
            isOneToOne: false
            referencedRelation: "mailboxes"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "enrollments_property_id_fkey"
            columns: ["property_id"]
            isOneToOne: false
            referencedRelation: "properties"
            referencedColumns: ["id"]
          },
        ]
      }
      extraction_payloads: {
        Row: {
          extraction_id: string
          listed: boolean
          next_page: number
          payload: Json
          position: number
          properties_found: number
          title: string
        }
        Insert: {
          extraction_id: string
          listed?: boolean
          next_page?: number
          payload: Json
          position: number
          properties_found?: number
          title: string
        }
        Update: {
          extraction_id?: string
          listed?: boolean
          next_page?: number
          payload?: Json
          position?: number
          properties_found?: number
          title?: string
        }
        Relationships: [
          {
            foreignKeyName: "extraction_payloads_extraction_id_fkey"
            columns: ["extraction_id"]
            isOneToOne: false
            referencedRelation: "extractions"
            referencedColumns: ["id"]
          },
        ]
      }
      extractions: {
        Row: {
          approval_id: string
          contacts_found: number
          created_at: string
          finished_at: string | null
          id: string
          import_id: string | null
          properties_found: number
          reason: string | null
          search_id: string
          started_at: string | null
          status: string
          updated_at: string
        }
        Insert: {
          approval_id: string
          contacts_found?: number
          created_at?: string
          finished_at?: string | null
          id?: string
          import_id?: string | null
          properties_found?: number
          reason?: string | null
          search_id: string
          started_at?: string | null
          status?: string
          updated_at?: string
        }
        Update: {
          approval_id?: string
          contacts_found?: number
          created_at?: string
          finished_at?: string | null
          id?: string
          import_id?: string | null
          properties_found?: number
          reason?: string | null
          search_id?: string
          started_at?: string | null
          status?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "extractions_approval_id_fkey"
            columns: ["approval_id"]
            isOneToOne: true
            referencedRelation: "approval_queue"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "extractions_import_id_fkey"
            columns: ["import_id"]
            isOneToOne: true
            referencedRelation: "imports"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "extractions_search_id_fkey"
            columns: ["search_id"]
            isOneToOne: false
            referencedRelation: "searches"
            referencedColumns: ["id"]
          },
        ]
      }
      funnel_hours: {
        Row: {
          contacts: number
          delivered: number
          enrolled: number
          hour: string
          interested: number
          market: string
          priced: number
          properties: number
          replied: number
          search_id: string
          sent: number
        }
        Insert: {
          contacts?: number
          delivered?: number
          enrolled?: number
          hour: string
          interested?: number
          market: string
          priced?: number
          properties?: number
          replied?: number
          search_id: string
          sent?: number
        }
        Update: {
          contacts?: number
          delivered?: number
          enrolled?: number
          hour?: string
          interested?: number
          market?: string
          priced?: number
          properties?: number
          replied?: number
          search_id?: string
          sent?: number
        }
        Relationships: []
      }
      hand_sent_mails: {
        Row: {
          entry_id: string
          id: string
          mailbox_id: string
          message_id: string | null
          noted_at: string
          recipients: number | null
          sent_at: string
          subject: string
          to_emails: string[]
        }
        Insert: {
          entry_id: string
          id?: string
          mailbox_id: string
          message_id?: string | null
          noted_at?: string
          recipients?: never
          sent_at: string
          subject?: string
          to_emails?: string[]
        }
        Update: {
          entry_id?: string
          id?: string
          mailbox_id?: string
          message_id?: string | null
          noted_at?: string
          recipients?: never
          sent_at?: string
          subject?: string
          to_emails?: string[]
        }
        Relationships: [
          {
            foreignKeyName: "hand_sent_mails_mailbox_id_fkey"
            columns: ["mailbox_id"]
            isOneToOne: false
            referencedRelation: "mailboxes"
            referencedColumns: ["id"]
          },
        ]
      }
      import_checks: {
        Row: {
          address_key: string
          company_key: string
          company_known: boolean
          costar_property_id: number | null
          detail: string | null
          differences: Json
          email_key: string | null
          facts: Json
          fills: string[]
          import_id: string
          notes: string[]
          outcome: string
          property_known: boolean
          reason: string | null
          row_no: number
        }
        Insert: {
          address_key?: string
          company_key?: string
          company_known?: boolean
          costar_property_id?: number | null
          detail?: string | null
          differences?: Json
          email_key?: string | null
          facts?: Json
          fills?: string[]
          import_id: string
          notes?: string[]
          outcome: string
          property_known?: boolean
          reason?: string | null
          row_no: number
        }
        Update: {
          address_key?: string
          company_key?: string
          company_known?: boolean
          costar_property_id?: number | null
          detail?: string | null
          differences?: Json
          email_key?: string | null
          facts?: Json
          fills?: string[]
          import_id?: string
          notes?: string[]
          outcome?: string
          property_known?: boolean
          reason?: string | null
          row_no?: number
        }
        Relationships: [
          {
            foreignKeyName: "import_checks_import_id_fkey"
            columns: ["import_id"]
            isOneToOne: false
            referencedRelation: "imports"
            referencedColumns: ["id"]
          },
        ]
      }
      import_choices: {
        Row: {
          chosen_at: string
          chosen_by: string
          field: string
          import_id: string
          row_no: number
          take: string
        }
        Insert: {
          chosen_at?: string
          chosen_by?: string
          field: string
          import_id: string
          row_no: number
          take: string
        }
        Update: {
          chosen_at?: string
          chosen_by?: string
          field?: string
          import_id?: string
          row_no?: number
          take?: string
        }
        Relationships: [
          {
            foreignKeyName: "import_choices_import_id_fkey"
            columns: ["import_id"]
            isOneToOne: false
            referencedRelation: "imports"
            referencedColumns: ["id"]
          },
        ]
      }
      import_mappings: {
        Row: {
          headers_key: string
          mapping: Json
          updated_at: string
          updated_by: string
        }
        Insert: {
          headers_key: string
          mapping: Json
          updated_at?: string
          updated_by?: string
        }
        Update: {
          headers_key?: string
          mapping?: Json
          updated_at?: string
          updated_by?: string
        }
        Relationships: []
      }
      import_rows: {
        Row: {
          cells: string[]
          detail: string | null
          import_id: string
          problem: string | null
          row_no: number
        }
        Insert: {
          cells?: string[]
          detail?: string | null
          import_id: string
          problem?: string | null
          row_no: number
        }
        Update: {
          cells?: string[]
          detail?: string | null
          import_id?: string
          problem?: string | null
          row_no?: number
        }
        Relationships: [
          {
            foreignKeyName: "import_rows_import_id_fkey"
            columns: ["import_id"]
            isOneToOne: false
            referencedRelation: "imports"
            referencedColumns: ["id"]
          },
        ]
      }
      imports: {
        Row: {
          applied_rows: number
          applied_to: number
          check_no: number
          checked_rows: number
          checked_to: number
          counts: Json
          created_at: string
          created_by: string
          file_bytes: number
          file_hash: string
          file_name: string
          header_row: number
          headers: string[]
          headers_key: string
          id: string
          mapping: Json
          read_as: string
          row_count: number
          rows_deleted_at: string | null
          search_id: string | null
          status: string
          updated_at: string
          used_at: string | null
        }
        Insert: {
          applied_rows?: number
          applied_to?: number
          check_no?: number
          checked_rows?: number
          checked_to?: number
          counts?: Json
          created_at?: string
          created_by?: string
          file_bytes: number
          file_hash: string
          file_name: string
          header_row: number
          headers: string[]
          headers_key: string
          id?: string
          mapping?: Json
          read_as: string
          row_count?: number
          rows_deleted_at?: string | null
          search_id?: string | null
          status?: string
          updated_at?: string
          used_at?: string | null
        }
        Update: {
          applied_rows?: number
          applied_to?: number
          check_no?: number
          checked_rows?: number
          checked_to?: number
          counts?: Json
          created_at?: string
          created_by?: string
          file_bytes?: number
          file_hash?: string
          file_name?: string
          header_row?: number
          headers?: string[]
          headers_key?: string
          id?: string
          mapping?: Json
          read_as?: string
          row_count?: number
          rows_deleted_at?: string | null
          search_id?: string | null
          status?: string
          updated_at?: string
          used_at?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "imports_search_id_fkey"
            columns: ["search_id"]
            isOneToOne: false
            referencedRelation: "searches"
            referencedColumns: ["id"]
          },
        ]
      }
      kill_switch: {
        Row: {
          changed_at: string
          changed_by: string
          id: number
          pulled: boolean
          reason: string | null
        }
        Insert: {
          changed_at?: string
          changed_by?: string
          id?: number
          pulled?: boolean
          reason?: string | null
        }
        Update: {
          changed_at?: string
          changed_by?: string
          id?: number
          pulled?: boolean
          reason?: string | null
        }
        Relationships: []
      }
      labelled_replies: {
        Row: {
          correct: string
          email_id: string
          labelled_at: string
          labelled_by: string
          predicted: string | null
          predicted_confidence: number | null
        }
        Insert: {
          correct: string
          email_id: string
          labelled_at?: string
          labelled_by: string
          predicted?: string | null
          predicted_confidence?: number | null
        }
        Update: {
          correct?: string
          email_id?: string
          labelled_at?: string
          labelled_by?: string
          predicted?: string | null
          predicted_confidence?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "labelled_replies_correct_fkey"
            columns: ["correct"]
            isOneToOne: false
            referencedRelation: "routing_rules"
            referencedColumns: ["category"]
          },
          {
            foreignKeyName: "labelled_replies_email_id_fkey"
            columns: ["email_id"]
            isOneToOne: true
            referencedRelation: "synced_emails"
            referencedColumns: ["id"]
          },
        ]
      }
      learning_conflicts_kept: {
        Row: {
          kept_at: string
          kept_by: string
          one: string
          other: string
        }
        Insert: {
          kept_at?: string
          kept_by: string
          one: string
          other: string
        }
        Update: {
          kept_at?: string
          kept_by?: string
          one?: string
          other?: string
        }
        Relationships: [
          {
            foreignKeyName: "learning_conflicts_kept_one_fkey"
            columns: ["one"]
            isOneToOne: false
            referencedRelation: "agent_feedback"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "learning_conflicts_kept_other_fkey"
            columns: ["other"]
            isOneToOne: false
            referencedRelation: "agent_feedback"
            referencedColumns: ["id"]
          },
        ]
      }
      mailbox_folders: {
        Row: {
          behind_s: number
          failures: number
          folder: string
          mailbox_id: string
          problem: string | null
          problem_since: string | null
          read_at: string | null
          read_up_to: string | null
          stored_last: number
          tried_at: string | null
        }
        Insert: {
          behind_s?: number
          failures?: number
          folder: string
          mailbox_id: string
          problem?: string | null
          problem_since?: string | null
          read_at?: string | null
          read_up_to?: string | null
          stored_last?: number
          tried_at?: string | null
        }
        Update: {
          behind_s?: number
          failures?: number
          folder?: string
          mailbox_id?: string
          problem?: string | null
          problem_since?: string | null
          read_at?: string | null
          read_up_to?: string | null
          stored_last?: number
          tried_at?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "mailbox_folders_mailbox_id_fkey"
            columns: ["mailbox_id"]
            isOneToOne: false
            referencedRelation: "mailboxes"
            referencedColumns: ["id"]
          },
        ]
      }
      mailbox_pace: {
        Row: {
          floor_at: string | null
          free_at: string | null
          handed_at: string
          in_batch: number
          mailbox_id: string
          rests: boolean
        }
        Insert: {
          floor_at?: string | null
          free_at?: string | null
          handed_at: string
          in_batch?: number
          mailbox_id: string
          rests?: boolean
        }
        Update: {
          floor_at?: string | null
          free_at?: string | null
          handed_at?: string
          in_batch?: number
          mailbox_id?: string
          rests?: boolean
        }
        Relationships: [
          {
            foreignKeyName: "mailbox_pace_mailbox_id_fkey"
            columns: ["mailbox_id"]
            isOneToOne: true
            referencedRelation: "mailboxes"
            referencedColumns: ["id"]
          },
        ]
      }
      mailboxes: {
        Row: {
          address: string
          aliases: string[]
          auto_paused: boolean
          counts_from: string | null
          created_at: string
          daily_limit: number
          display_name: string
          host_product: string | null
          host_version: string | null
          hourly_limit: number
          id: string
          last_seen_at: string | null
          last_synced_at: string | null
          ramp_start_per_day: number | null
          ramp_started_on: string | null
          ramp_step_per_day: number | null
          relay_url: string | null
          status: string
          status_reason: string | null
          sync_cursor: string | null
          sync_error: string | null
          transport: string
          updated_at: string
        }
        Insert: {
          address: string
          aliases?: string[]
          auto_paused?: boolean
          counts_from?: string | null
          created_at?: string
          daily_limit?: number
          display_name?: string
          host_product?: string | null
          host_version?: string | null
          hourly_limit?: number
          id?: string
          last_seen_at?: string | null
          last_synced_at?: string | null
          ramp_start_per_day?: number | null
          ramp_started_on?: string | null
          ramp_step_per_day?: number | null
          relay_url?: string | null
          status?: string
          status_reason?: string | null
          sync_cursor?: string | null
          sync_error?: string | null
          transport?: string
          updated_at?: string
        }
        Update: {
          address?: string
          aliases?: string[]
          auto_paused?: boolean
          counts_from?: string | null
          created_at?: string
          daily_limit?: number
          display_name?: string
          host_product?: string | null
          host_version?: string | null
          hourly_limit?: number
          id?: string
          last_seen_at?: string | null
          last_synced_at?: string | null
          ramp_start_per_day?: number | null
          ramp_started_on?: string | null
          ramp_step_per_day?: number | null
          relay_url?: string | null
          status?: string
          status_reason?: string | null
          sync_cursor?: string | null
          sync_error?: string | null
          transport?: string
          updated_at?: string
        }
        Relationships: []
      }
      mode_changes: {
        Row: {
          actor: string
          at: string
          cause: string | null
          checkpoint: string
          evidence: Json | null
          from_mode: string
          id: number
          kind: string
          reason: string | null
          scope: Json
          to_mode: string
          until: string | null
        }
        Insert: {
          actor: string
          at?: string
          cause?: string | null
          checkpoint: string
          evidence?: Json | null
          from_mode: string
          id?: never
          kind: string
          reason?: string | null
          scope?: Json
          to_mode: string
          until?: string | null
        }
        Update: {
          actor?: string
          at?: string
          cause?: string | null
          checkpoint?: string
          evidence?: Json | null
          from_mode?: string
          id?: never
          kind?: string
          reason?: string | null
          scope?: Json
          to_mode?: string
          until?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "mode_changes_checkpoint_fkey"
            columns: ["checkpoint"]
            isOneToOne: false
            referencedRelation: "checkpoint_settings"
            referencedColumns: ["checkpoint"]
          },
        ]
      }
      notices: {
        Row: {
          acknowledged_at: string | null
          acknowledged_by: string | null
          at: string
          body: string
          href: string | null
          id: string
          kind: string
          title: string
          tone: string
        }
        Insert: {
          acknowledged_at?: string | null
          acknowledged_by?: string | null
          at?: string
          body: string
          href?: string | null
          id?: string
          kind: string
          title: string
          tone?: string
        }
        Update: {
          acknowledged_at?: string | null
          acknowledged_by?: string | null
          at?: string
          body?: string
          href?: string | null
          id?: string
          kind?: string
          title?: string
          tone?: string
        }
        Relationships: []
      }
      operators: {
        Row: {
          created_at: string
          display_name: string
          email: string
          id: string
          role: string
        }
        Insert: {
          created_at?: string
          display_name: string
          email: string
          id: string
          role?: string
        }
        Update: {
          created_at?: string
          display_name?: string
          email?: string
          id?: string
          role?: string
        }
        Relationships: []
      }
      payload_counts: {
        Row: {
          counted_at: string
          payload_hash: string
          properties: number
        }
        Insert: {
          counted_at?: string
          payload_hash: string
          properties: number
        }
        Update: {
          counted_at?: string
          payload_hash?: string
          properties?: number
        }
        Relationships: []
      }
      plan_summaries: {
        Row: {
          campaign_id: string
          changes: Json | null
          hours: Json
          made_at: string
          revision: number
        }
        Insert: {
          campaign_id: string
          changes?: Json | null
          hours: Json
          made_at?: string
          revision: number
        }
        Update: {
          campaign_id?: string
          changes?: Json | null
          hours?: Json
          made_at?: string
          revision?: number
        }
        Relationships: [
          {
            foreignKeyName: "plan_summaries_campaign_id_fkey"
            columns: ["campaign_id"]
            isOneToOne: false
            referencedRelation: "campaigns"
            referencedColumns: ["id"]
          },
        ]
      }
      planned_enrollments: {
        Row: {
          campaign_id: string
          company_key: string
          contact_id: string
          decision: string
          first_due_at: string | null
          mailbox_id: string | null
          name_key: string
          property_id: string | null
          reason: string | null
          revision: number
          search_text: string
          time_zone: string
        }
        Insert: {
          campaign_id: string
          company_key?: string
          contact_id: string
          decision: string
          first_due_at?: string | null
          mailbox_id?: string | null
          name_key?: string
          property_id?: string | null
          reason?: string | null
          revision: number
          search_text?: string
          time_zone: string
        }
        Update: {
          campaign_id?: string
          company_key?: string
          contact_id?: string
          decision?: string
          first_due_at?: string | null
          mailbox_id?: string | null
          name_key?: string
          property_id?: string | null
          reason?: string | null
          revision?: number
          search_text?: string
          time_zone?: string
        }
        Relationships: [
          {
            foreignKeyName: "planned_enrollments_campaign_id_fkey"
            columns: ["campaign_id"]
            isOneToOne: false
            referencedRelation: "campaigns"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "planned_enrollments_contact_id_fkey"
            columns: ["contact_id"]
            isOneToOne: false
            referencedRelation: "contacts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "planned_enrollments_mailbox_id_fkey"
            columns: ["mailbox_id"]
            isOneToOne: false
            referencedRelation: "mailboxes"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "planned_enrollments_property_id_fkey"
            columns: ["property_id"]
            isOneToOne: false
            referencedRelation: "properties"
            referencedColumns: ["id"]
          },
        ]
      }
      planned_sends: {
        Row: {
          body: string
          campaign_id: string
          contact_id: string
          content_hash: string | null
          due_at: string
          revision: number
          step: number
          subject: string
          to_email: string
        }
        Insert: {
          body: string
          campaign_id: string
          contact_id: string
          content_hash?: never
          due_at: string
          revision: number
          step: number
          subject: string
          to_email: string
        }
        Update: {
          body?: string
          campaign_id?: string
          contact_id?: string
          content_hash?: never
          due_at?: string
          revision?: number
          step?: number
          subject?: string
          to_email?: string
        }
        Relationships: [
          {
            foreignKeyName: "planned_sends_campaign_id_fkey"
            columns: ["campaign_id"]
            isOneToOne: false
            referencedRelation: "campaigns"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "planned_sends_contact_id_fkey"
            columns: ["contact_id"]
            isOneToOne: false
            referencedRelation: "contacts"
            referencedColumns: ["id"]
          },
        ]
      }
      properties: {
        Row: {
          address: string
          address_key: string
          building_sf: number | null
          city: string | null
          company_id: string | null
          costar_property_id: number | null
          created_at: string
          id: string
          land_acres: number | null
          property_type: string | null
          raw: Json
          source: string
          state: string | null
          updated_at: string
          year_built: number | null
          zip: string | null
        }
        Insert: {
          address: string
          address_key: string
          building_sf?: number | null
          city?: string | null
          company_id?: string | null
          costar_property_id?: number | null
          created_at?: string
          id?: string
          land_acres?: number | null
          property_type?: string | null
          raw?: Json
          source: string
          state?: string | null
          updated_at?: string
          year_built?: number | null
          zip?: string | null
        }
        Update: {
          address?: string
          address_key?: string
          building_sf?: number | null
          city?: string | null
          company_id?: string | null
          costar_property_id?: number | null
          created_at?: string
          id?: string
          land_acres?: number | null
          property_type?: string | null
          raw?: Json
          source?: string
          state?: string | null
          updated_at?: string
          year_built?: number | null
          zip?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "properties_company_id_fkey"
            columns: ["company_id"]
            isOneToOne: false
            referencedRelation: "companies"
            referencedColumns: ["id"]
          },
        ]
      }
      relay_mailboxes: {
        Row: {
          last_seen_at: string
          mailbox_id: string
          present: boolean
          product: string
          relay_id: string
          transport: string
          version: string
        }
        Insert: {
          last_seen_at?: string
          mailbox_id: string
          present?: boolean
          product?: string
          relay_id: string
          transport: string
          version?: string
        }
        Update: {
          last_seen_at?: string
          mailbox_id?: string
          present?: boolean
          product?: string
          relay_id?: string
          transport?: string
          version?: string
        }
        Relationships: [
          {
            foreignKeyName: "relay_mailboxes_mailbox_id_fkey"
            columns: ["mailbox_id"]
            isOneToOne: false
            referencedRelation: "mailboxes"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "relay_mailboxes_relay_id_fkey"
            columns: ["relay_id"]
            isOneToOne: false
            referencedRelation: "relays"
            referencedColumns: ["id"]
          },
        ]
      }
      relays: {
        Row: {
          clock_offset_ms: number | null
          created_at: string
          id: string
          last_seen_at: string | null
          name: string
          problem: string | null
          problem_at: string | null
          updated_at: string
          url: string | null
          version: string
        }
        Insert: {
          clock_offset_ms?: number | null
          created_at?: string
          id?: string
          last_seen_at?: string | null
          name?: string
          problem?: string | null
          problem_at?: string | null
          updated_at?: string
          url?: string | null
          version?: string
        }
        Update: {
          clock_offset_ms?: number | null
          created_at?: string
          id?: string
          last_seen_at?: string | null
          name?: string
          problem?: string | null
          problem_at?: string | null
          updated_at?: string
          url?: string | null
          version?: string
        }
        Relationships: []
      }
      reply_drafts: {
        Row: {
          body: string
          email_id: string
          source: string
          subject: string
          updated_at: string
          updated_by: string
        }
        Insert: {
          body: string
          email_id: string
          source: string
          subject?: string
          updated_at?: string
          updated_by: string
        }
        Update: {
          body?: string
          email_id?: string
          source?: string
          subject?: string
          updated_at?: string
          updated_by?: string
        }
        Relationships: [
          {
            foreignKeyName: "reply_drafts_email_id_fkey"
            columns: ["email_id"]
            isOneToOne: true
            referencedRelation: "synced_emails"
            referencedColumns: ["id"]
          },
        ]
      }
      reply_proposals: {
        Row: {
          company_id: string | null
          contact_id: string | null
          created_at: string
          decided_at: string | null
          decided_by: string | null
          draft: Json
          draft_key: string | null
          email_id: string
          id: string
          kind: string
          reason: string | null
          referred_by: string | null
          search_id: string | null
          status: string
        }
        Insert: {
          company_id?: string | null
          contact_id?: string | null
          created_at?: string
          decided_at?: string | null
          decided_by?: string | null
          draft: Json
          draft_key?: never
          email_id: string
          id?: string
          kind: string
          reason?: string | null
          referred_by?: string | null
          search_id?: string | null
          status?: string
        }
        Update: {
          company_id?: string | null
          contact_id?: string | null
          created_at?: string
          decided_at?: string | null
          decided_by?: string | null
          draft?: Json
          draft_key?: never
          email_id?: string
          id?: string
          kind?: string
          reason?: string | null
          referred_by?: string | null
          search_id?: string | null
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: "reply_proposals_company_id_fkey"
            columns: ["company_id"]
            isOneToOne: false
            referencedRelation: "companies"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "reply_proposals_contact_id_fkey"
            columns: ["contact_id"]
            isOneToOne: false
            referencedRelation: "contacts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "reply_proposals_email_id_fkey"
            columns: ["email_id"]
            isOneToOne: false
            referencedRelation: "synced_emails"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "reply_proposals_referred_by_fkey"
            columns: ["referred_by"]
            isOneToOne: false
            referencedRelation: "contacts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "reply_proposals_search_id_fkey"
            columns: ["search_id"]
            isOneToOne: false
            referencedRelation: "searches"
            referencedColumns: ["id"]
          },
        ]
      }
      reply_reads: {
        Row: {
          email_id: string
          operator_id: string
          read_at: string | null
        }
        Insert: {
          email_id: string
          operator_id: string
          read_at?: string | null
        }
        Update: {
          email_id?: string
          operator_id?: string
          read_at?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "reply_reads_email_id_fkey"
            columns: ["email_id"]
            isOneToOne: false
            referencedRelation: "synced_emails"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "reply_reads_operator_id_fkey"
            columns: ["operator_id"]
            isOneToOne: false
            referencedRelation: "operators"
            referencedColumns: ["id"]
          },
        ]
      }
      reply_times: {
        Row: {
          agent_run_id: string | null
          answered_at: string | null
          answered_ms: number | null
          category: string | null
          email_id: string
          enrollment_id: string | null
          market: string
          received_at: string
          routed_at: string | null
          routed_ms: number | null
          search_id: string | null
          send_id: string | null
        }
        Insert: {
          agent_run_id?: string | null
          answered_at?: string | null
          answered_ms?: number | null
          category?: string | null
          email_id: string
          enrollment_id?: string | null
          market?: string
          received_at: string
          routed_at?: string | null
          routed_ms?: number | null
          search_id?: string | null
          send_id?: string | null
        }
        Update: {
          agent_run_id?: string | null
          answered_at?: string | null
          answered_ms?: number | null
          category?: string | null
          email_id?: string
          enrollment_id?: string | null
          market?: string
          received_at?: string
          routed_at?: string | null
          routed_ms?: number | null
          search_id?: string | null
          send_id?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "reply_times_email_id_fkey"
            columns: ["email_id"]
            isOneToOne: true
            referencedRelation: "synced_emails"
            referencedColumns: ["id"]
          },
        ]
      }
      routing_rules: {
        Row: {
          action: string
          category: string
          do_not_contact: string
          exclude_address: boolean
          final: boolean
          position: number
          priority: number
          sequence: string
          task_after_days: number | null
          task_kind: string | null
          title: string
          to_person: boolean
        }
        Insert: {
          action: string
          category: string
          do_not_contact?: string
          exclude_address?: boolean
          final?: boolean
          position: number
          priority: number
          sequence: string
          task_after_days?: number | null
          task_kind?: string | null
          title: string
          to_person: boolean
        }
        Update: {
          action?: string
          category?: string
          do_not_contact?: string
          exclude_address?: boolean
          final?: boolean
          position?: number
          priority?: number
          sequence?: string
          task_after_days?: number | null
          task_kind?: string | null
          title?: string
          to_person?: boolean
        }
        Relationships: []
      }
      search_contacts: {
        Row: {
          contact_id: string
          found_hour: string
          market: string
          payload_position: number
          property_id: string
          search_id: string
        }
        Insert: {
          contact_id: string
          found_hour: string
          market: string
          payload_position: number
          property_id: string
          search_id: string
        }
        Update: {
          contact_id?: string
          found_hour?: string
          market?: string
          payload_position?: number
          property_id?: string
          search_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "search_contacts_contact_id_fkey"
            columns: ["contact_id"]
            isOneToOne: false
            referencedRelation: "contacts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "search_contacts_property_id_fkey"
            columns: ["property_id"]
            isOneToOne: false
            referencedRelation: "properties"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "search_contacts_search_id_fkey"
            columns: ["search_id"]
            isOneToOne: false
            referencedRelation: "searches"
            referencedColumns: ["id"]
          },
        ]
      }
      search_properties: {
        Row: {
          contacts_fetched_at: string | null
          extraction_id: string
          found_hour: string
          market: string
          payload_position: number
          property_id: string
          search_id: string
        }
        Insert: {
          contacts_fetched_at?: string | null
          extraction_id: string
          found_hour: string
          market: string
          payload_position: number
          property_id: string
          search_id: string
        }
        Update: {
          contacts_fetched_at?: string | null
          extraction_id?: string
          found_hour?: string
          market?: string
          payload_position?: number
          property_id?: string
          search_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "search_properties_extraction_id_fkey"
            columns: ["extraction_id"]
            isOneToOne: false
            referencedRelation: "extractions"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "search_properties_property_id_fkey"
            columns: ["property_id"]
            isOneToOne: false
            referencedRelation: "properties"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "search_properties_search_id_fkey"
            columns: ["search_id"]
            isOneToOne: false
            referencedRelation: "searches"
            referencedColumns: ["id"]
          },
        ]
      }
      searches: {
        Row: {
          buyer_name: string
          created_at: string
          created_by: string
          criteria: Json
          engine_run_id: string | null
          id: string
          name: string
          payloads: Json
          source: string
          status: string
          status_reason: string | null
          strategy: string | null
          updated_at: string
        }
        Insert: {
          buyer_name: string
          created_at?: string
          created_by?: string
          criteria: Json
          engine_run_id?: string | null
          id?: string
          name: string
          payloads?: Json
          source: string
          status?: string
          status_reason?: string | null
          strategy?: string | null
          updated_at?: string
        }
        Update: {
          buyer_name?: string
          created_at?: string
          created_by?: string
          criteria?: Json
          engine_run_id?: string | null
          id?: string
          name?: string
          payloads?: Json
          source?: string
          status?: string
          status_reason?: string | null
          strategy?: string | null
          updated_at?: string
        }
        Relationships: []
      }
      send_hours: {
        Row: {
          bounced: number
          campaign_id: string | null
          complained: number
          hour: string
          mailbox_id: string
          market: string
          sent: number
        }
        Insert: {
          bounced?: number
          campaign_id?: string | null
          complained?: number
          hour: string
          mailbox_id: string
          market: string
          sent?: number
        }
        Update: {
          bounced?: number
          campaign_id?: string | null
          complained?: number
          hour?: string
          mailbox_id?: string
          market?: string
          sent?: number
        }
        Relationships: []
      }
      sends: {
        Row: {
          again: boolean
          attempts: number
          begun_at: string | null
          body: string
          bounced_at: string | null
          campaign_id: string | null
          complained_at: string | null
          contact_id: string
          content_hash: string
          conversation_id: string | null
          created_at: string
          due_at: string
          enrollment_id: string | null
          entry_id: string | null
          handed_at: string | null
          id: string
          idempotency_key: string | null
          kind: string
          mailbox_id: string
          message_id: string | null
          needs_person: boolean
          reason: string | null
          reply_to_email_id: string | null
          sent_at: string | null
          status: string
          step: number | null
          subject: string
          to_email: string
          updated_at: string
        }
        Insert: {
          again?: boolean
          attempts?: number
          begun_at?: string | null
          body: string
          bounced_at?: string | null
          campaign_id?: string | null
          complained_at?: string | null
          contact_id: string
          content_hash: string
          conversation_id?: string | null
          created_at?: string
          due_at: string
          enrollment_id?: string | null
          entry_id?: string | null
          handed_at?: string | null
          id?: string
          idempotency_key?: never
          kind?: string
          mailbox_id: string
          message_id?: string | null
          needs_person?: boolean
          reason?: string | null
          reply_to_email_id?: string | null
          sent_at?: string | null
          status?: string
          step?: number | null
          subject: string
          to_email: string
          updated_at?: string
        }
        Update: {
          again?: boolean
          attempts?: number
          begun_at?: string | null
          body?: string
          bounced_at?: string | null
          campaign_id?: string | null
          complained_at?: string | null
          contact_id?: string
          content_hash?: string
          conversation_id?: string | null
          created_at?: string
          due_at?: string
          enrollment_id?: string | null
          entry_id?: string | null
          handed_at?: string | null
          id?: string
          idempotency_key?: never
          kind?: string
          mailbox_id?: string
          message_id?: string | null
          needs_person?: boolean
          reason?: string | null
          reply_to_email_id?: string | null
          sent_at?: string | null
          status?: string
          step?: number | null
          subject?: string
          to_email?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "sends_campaign_id_fkey"
            columns: ["campaign_id"]
            isOneToOne: false
            referencedRelation: "campaigns"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "sends_contact_id_fkey"
            columns: ["contact_id"]
            isOneToOne: false
            referencedRelation: "contacts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "sends_enrollment_id_fkey"
            columns: ["enrollment_id"]
            isOneToOne: false
            referencedRelation: "enrollments"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "sends_mailbox_id_fkey"
            columns: ["mailbox_id"]
            isOneToOne: false
            referencedRelation: "mailboxes"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "sends_reply_to"
            columns: ["reply_to_email_id"]
            isOneToOne: false
            referencedRelation: "synced_emails"
            referencedColumns: ["id"]
          },
        ]
      }
      sequence_steps: {
        Row: {
          body_template: string
          campaign_id: string
          gap_business_days: number
          step: number
          subject_template: string
        }
        Insert: {
          body_template: string
          campaign_id: string
          gap_business_days: number
          step: number
          subject_template: string
        }
        Update: {
          body_template?: string
          campaign_id?: string
          gap_business_days?: number
          step?: number
          subject_template?: string
        }
        Relationships: [
          {
            foreignKeyName: "sequence_steps_campaign_id_fkey"
            columns: ["campaign_id"]
            isOneToOne: false
            referencedRelation: "campaigns"
            referencedColumns: ["id"]
          },
        ]
      }
      setup_links: {
        Row: {
          created_at: string
          expires_at: string
          token_hash: string
          used_at: string | null
        }
        Insert: {
          created_at?: string
          expires_at: string
          token_hash: string
          used_at?: string | null
        }
        Update: {
          created_at?: string
          expires_at?: string
          token_hash?: string
          used_at?: string | null
        }
        Relationships: []
      }
      signing_keys: {
        Row: {
          created_at: string
          purpose: string
          secret: string
        }
        Insert: {
          created_at?: string
          purpose: string
          secret: string
        }
        Update: {
          created_at?: string
          purpose?: string
          secret?: string
        }
        Relationships: []
      }
      soft_bounces: {
        Row: {
          address: string
          at: string
          email_id: string
          status: string | null
          words: string | null
        }
        Insert: {
          address: string
          at: string
          email_id: string
          status?: string | null
          words?: string | null
        }
        Update: {
          address?: string
          at?: string
          email_id?: string
          status?: string | null
          words?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "soft_bounces_email_id_fkey"
            columns: ["email_id"]
            isOneToOne: false
            referencedRelation: "synced_emails"
            referencedColumns: ["id"]
          },
        ]
      }
      status_transitions: {
        Row: {
          entity: string
          from_status: string
          to_status: string
        }
        Insert: {
          entity: string
          from_status: string
          to_status: string
        }
        Update: {
          entity?: string
          from_status?: string
          to_status?: string
        }
        Relationships: []
      }
      synced_emails: {
        Row: {
          agent_batch: number | null
          agent_cost_microusd: number | null
          agent_ms: number | null
          agent_run_id: string | null
          assigned_to: string | null
          attachments: Json
          attempts: number
          body_html: string | null
          body_text: string
          category: string | null
          cc_emails: string[]
          claimed_by: string | null
          classified_at: string | null
          classifying_since: string | null
          company_id: string | null
          confidence: number | null
          contact_id: string | null
          conversation_id: string | null
          decided_by: string | null
          entry_id: string
          facts: Json
          flags: string[]
          from_email: string | null
          from_name: string | null
          handled_at: string | null
          handled_by: string | null
          headers: string | null
          id: string
          in_burst: boolean
          in_reply_to: string | null
          internet_message_id: string | null
          mailbox_id: string
          matched_by: string | null
          message_class: string
          parse_problem: string | null
          prepared_verdict: Json | null
          priority: number
          raw_source: string | null
          reason: string | null
          received_at: string
          reference_ids: string[]
          reply_to_emails: string[]
          routed_at: string | null
          ruling: Json | null
          send_id: string | null
          snoozed_until: string | null
          status: string
          subject: string
          suggested_company_id: string | null
          synced_at: string
          to_emails: string[]
          visible_text: string | null
        }
        Insert: {
          agent_batch?: number | null
          agent_cost_microusd?: number | null
          agent_ms?: number | null
          agent_run_id?: string | null
          assigned_to?: string | null
          attachments?: Json
          attempts?: number
          body_html?: string | null
          body_text?: string
          category?: string | null
          cc_emails?: string[]
          claimed_by?: string | null
          classified_at?: string | null
          classifying_since?: string | null
          company_id?: string | null
          confidence?: number | null
          contact_id?: string | null
          conversation_id?: string | null
          decided_by?: string | null
          entry_id: string
          facts?: Json
          flags?: string[]
          from_email?: string | null
          from_name?: string | null
          handled_at?: string | null
          handled_by?: string | null
          headers?: string | null
          id?: string
          in_burst?: boolean
          in_reply_to?: string | null
          internet_message_id?: string | null
          mailbox_id: string
          matched_by?: string | null
          message_class?: string
          parse_problem?: string | null
          prepared_verdict?: Json | null
          priority?: number
          raw_source?: string | null
          reason?: string | null
          received_at: string
          reference_ids?: string[]
          reply_to_emails?: string[]
          routed_at?: string | null
          ruling?: Json | null
          send_id?: string | null
          snoozed_until?: string | null
          status?: string
          subject?: string
          suggested_company_id?: string | null
          synced_at?: string
          to_emails?: string[]
          visible_text?: string | null
        }
        Update: {
          agent_batch?: number | null
          agent_cost_microusd?: number | null
          agent_ms?: number | null
          agent_run_id?: string | null
          assigned_to?: string | null
          attachments?: Json
          attempts?: number
          body_html?: string | null
          body_text?: string
          category?: string | null
          cc_emails?: string[]
          claimed_by?: string | null
          classified_at?: string | null
          classifying_since?: string | null
          company_id?: string | null
          confidence?: number | null
          contact_id?: string | null
          conversation_id?: string | null
          decided_by?: string | null
          entry_id?: string
          facts?: Json
          flags?: string[]
          from_email?: string | null
          from_name?: string | null
          handled_at?: string | null
          handled_by?: string | null
          headers?: string | null
          id?: string
          in_burst?: boolean
          in_reply_to?: string | null
          internet_message_id?: string | null
          mailbox_id?: string
          matched_by?: string | null
          message_class?: string
          parse_problem?: string | null
          prepared_verdict?: Json | null
          priority?: number
          raw_source?: string | null
          reason?: string | null
          received_at?: string
          reference_ids?: string[]
          reply_to_emails?: string[]
          routed_at?: string | null
          ruling?: Json | null
          send_id?: string | null
          snoozed_until?: string | null
          status?: string
          subject?: string
          suggested_company_id?: string | null
          synced_at?: string
          to_emails?: string[]
          visible_text?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "synced_emails_agent_run_id_fkey"
            columns: ["agent_run_id"]
            isOneToOne: false
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "synced_emails_assigned_to_fkey"
            columns: ["assigned_to"]
            isOneToOne: false
            referencedRelation: "operators"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "synced_emails_category"
            columns: ["category"]
            isOneToOne: false
            referencedRelation: "routing_rules"
            referencedColumns: ["category"]
          },
          {
            foreignKeyName: "synced_emails_company_id_fkey"
            columns: ["company_id"]
            isOneToOne: false
            referencedRelation: "companies"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "synced_emails_contact_id_fkey"
            columns: ["contact_id"]
            isOneToOne: false
            referencedRelation: "contacts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "synced_emails_mailbox_id_fkey"
            columns: ["mailbox_id"]
            isOneToOne: false
            referencedRelation: "mailboxes"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "synced_emails_send_id_fkey"
            columns: ["send_id"]
            isOneToOne: false
            referencedRelation: "sends"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "synced_emails_suggested_company_id_fkey"
            columns: ["suggested_company_id"]
            isOneToOne: false
            referencedRelation: "companies"
            referencedColumns: ["id"]
          },
        ]
      }
      tasks: {
        Row: {
          company_id: string | null
          contact_id: string | null
          created_at: string
          due_at: string
          email_id: string | null
          id: string
          kind: string
          status: string
          title: string
        }
        Insert: {
          company_id?: string | null
          contact_id?: string | null
          created_at?: string
          due_at: string
          email_id?: string | null
          id?: string
          kind: string
          status?: string
          title: string
        }
        Update: {
          company_id?: string | null
          contact_id?: string | null
          created_at?: string
          due_at?: string
          email_id?: string | null
          id?: string
          kind?: string
          status?: string
          title?: string
        }
        Relationships: [
          {
            foreignKeyName: "tasks_company_id_fkey"
            columns: ["company_id"]
            isOneToOne: false
            referencedRelation: "companies"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "tasks_contact_id_fkey"
            columns: ["contact_id"]
            isOneToOne: false
            referencedRelation: "contacts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "tasks_email_id_fkey"
            columns: ["email_id"]
            isOneToOne: false
            referencedRelation: "synced_emails"
            referencedColumns: ["id"]
          },
        ]
      }
      trust_evidence: {
        Row: {
          agent: string
          agent_version: string | null
          approval_id: string | null
          asked_model: string | null
          at: string
          changed_bps: number
          checkpoint: string
          email_id: string | null
          id: number
          judged_by: string
          model: string | null
          outcome: string
          sampled: boolean
          source: string
        }
        Insert: {
          agent: string
          agent_version?: string | null
          approval_id?: string | null
          asked_model?: string | null
          at: string
          changed_bps?: number
          checkpoint: string
          email_id?: string | null
          id?: never
          judged_by: string
          model?: string | null
          outcome: string
          sampled?: boolean
          source: string
        }
        Update: {
          agent?: string
          agent_version?: string | null
          approval_id?: string | null
          asked_model?: string | null
          at?: string
          changed_bps?: number
          checkpoint?: string
          email_id?: string | null
          id?: never
          judged_by?: string
          model?: string | null
          outcome?: string
          sampled?: boolean
          source?: string
        }
        Relationships: [
          {
            foreignKeyName: "trust_evidence_approval_id_fkey"
            columns: ["approval_id"]
            isOneToOne: true
            referencedRelation: "approval_queue"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "trust_evidence_checkpoint_fkey"
            columns: ["checkpoint"]
            isOneToOne: false
            referencedRelation: "checkpoint_settings"
            referencedColumns: ["checkpoint"]
          },
          {
            foreignKeyName: "trust_evidence_email_id_fkey"
            columns: ["email_id"]
            isOneToOne: false
            referencedRelation: "synced_emails"
            referencedColumns: ["id"]
          },
        ]
      }
      trust_settings: {
        Row: {
          bar: number
          bounce_line_bps: number
          complaint_line_bps: number
          first_looks: number
          id: number
          line_min_sends: number
          min_decisions: number
          sample_share: number
          schema_failures_in_20: number
          schema_failures_in_row: number
          updated_at: string
          updated_by: string
          window_size: number
        }
        Insert: {
          bar?: number
          bounce_line_bps?: number
          complaint_line_bps?: number
          first_looks?: number
          id?: number
          line_min_sends?: number
          min_decisions?: number
          sample_share?: number
          schema_failures_in_20?: number
          schema_failures_in_row?: number
          updated_at?: string
          updated_by?: string
          window_size?: number
        }
        Update: {
          bar?: number
          bounce_line_bps?: number
          complaint_line_bps?: number
          first_looks?: number
          id?: number
          line_min_sends?: number
          min_decisions?: number
          sample_share?: number
          schema_failures_in_20?: number
          schema_failures_in_row?: number
          updated_at?: string
          updated_by?: string
          window_size?: number
        }
        Relationships: []
      }
    }
    Views: {
      checkpoint_modes: {
        Row: {
          auto_scope: Json | null
          auto_since: string | null
          auto_until: string | null
          checkpoint: string | null
          earned_asked_model: string | null
          earned_model: string | null
          earned_version: string | null
          evidence_since: string | null
          mode: string | null
          reason: string | null
          scope_words: string | null
          set_mode: string | null
          updated_at: string | null
          updated_by: string | null
        }
        Relationships: []
      }
      judged_mails: {
        Row: {
          confidence: number | null
          correct: string | null
          email_id: string | null
          judged_at: string | null
          judged_by: string | null
          market: string | null
          predicted: string | null
          search_id: string | null
        }
        Relationships: []
      }
    }
    Functions: {
      accept_contact: {
        Args: {
          p_edits?: Json
          p_id: string
        }
        Returns: Json
      }
      accept_search: {
        Args: {
          p_id: string
          p_search_id: string
        }
        Returns: boolean
      }
      acknowledge_notice: {
        Args: {
          p_id: string
        }
        Returns: boolean
      }
      acting_name: {
        Args: {
          p_actor?: string
        }
        Returns: string
      }
      activate_agent_definition: {
        Args: {
          p_agent: string
          p_expected: string
          p_file_version: string
          p_version: string
          p_why: string
        }
        Returns: string
      }
      activate_campaign: {
        Args: {
          p_approval_id: string
          p_campaign_id: string
        }
        Returns: Json
      }
      address_key: {
        Args: {
          p_email: string
        }
        Returns: string
      }
      after_gap: {
        Args: {
          p_closed: string[]
          p_days: number[]
          p_from: string
          p_gap: number
          p_start: string
          p_zone: string
        }
        Returns: string
      }
      age_approvals: {
        Args: {
          p_now?: string
        }
        Returns: {
          id: string
          what: string
        }[]
      }
      agent_of: {
        Args: {
          p_checkpoint: string
        }
        Returns: string
      }
      answer_extraction: {
        Args: {
          p_answer: string
          p_id: string
        }
        Returns: boolean
      }
      apply_campaign_edit: {
        Args: {
          p_approval_id: string
        }
        Returns: Json
      }
      apply_lookups: {
        Args: {
          p_expected: string
          p_retire_missing: boolean
          p_rows: Json
          p_why: string
        }
        Returns: Json
      }
      approvals_missing: {
        Args: {
          p_bar: number
          p_min: number
          p_newest_first: boolean[]
          p_window: number
        }
        Returns: number
      }
      assign_email: {
        Args: {
          p_id: string
          p_operator_id: string
        }
        Returns: boolean
      }
      attach_import: {
        Args: {
          p_extraction_id: string
          p_import_id: string
        }
        Returns: undefined
      }
      bare_subject: {
        Args: {
          p_subject: string
        }
        Returns: string
      }
      begin_hand_over: {
        Args: {
          p_attempt: number
          p_id: string
        }
        Returns: string
      }
      campaign_candidates: {
        Args: {
          p_after: string
          p_campaign_id: string
          p_limit: number
        }
        Returns: Json
      }
      campaign_frees_at: {
        Args: {
          p_campaign_id: string
          p_now: string
        }
        Returns: string
      }
      campaign_load: {
        Args: {
          p_campaign_id: string
        }
        Returns: Json
      }
      case_against: {
        Args: {
          p_campaign_id: string
          p_from: string
          p_mailbox_id: string
          p_now: string
        }
        Returns: string
      }
      category_errors: {
        Args: {
          p_category: string
          p_from: string
          p_to: string
        }
        Returns: Json
      }
      changeable_from: {
        Args: never
        Returns: string
      }
      changed_bps: {
        Args: {
          p_row: Database["public"]["Tables"]["approval_queue"]["Row"]
        }
        Returns: number
      }
      changed_share: {
        Args: {
          p_after: Json
          p_before: Json
        }
        Returns: number
      }
      check_burst: {
        Args: {
          p_checkpoint: string
        }
        Returns: boolean
      }
      check_campaign_rates: {
        Args: {
          p_now?: string
        }
        Returns: boolean
      }
      check_definition: {
        Args: {
          p_asked_model?: string
          p_checkpoint: string
          p_model?: string
          p_version: string
        }
        Returns: boolean
      }
      check_import_rows: {
        Args: {
          p_check_no: number
          p_from: number
          p_id: string
          p_rows: Json
          p_to: number
        }
        Returns: boolean
      }
      check_schema_failures: {
        Args: {
          p_checkpoint: string
        }
        Returns: boolean
      }
      check_trust: {
        Args: {
          p_now?: string
        }
        Returns: {
          checkpoint: string
          what: string
        }[]
      }
      checkpoint_trust: {
        Args: never
        Returns: {
          agent: string
          agent_version: string
          all_changes_asked: number
          all_decisions: number
          all_edited: number
          all_rejected: number
          all_unchanged: number
          bar: number
          bound: number
          changed_bps: number
          changes_asked: number
          checkpoint: string
          decisions: number
          edited: number
          min_decisions: number
          missing: number
          model: string
          passes: boolean
          rejected: number
          sentence: string
          since: string
          unchanged: number
          window_size: number
        }[]
      }
      choose_import_value: {
        Args: {
          p_field: string
          p_id: string
          p_row: number
          p_take: string
        }
        Returns: undefined
      }
      chosen_import_values: {
        Args: {
          p_from: number
          p_import_id: string
          p_to: number
        }
        Returns: {
          chosen_by: string
          field: string
          file: string
          ours: string
          row_no: number
        }[]
      }
      claim_burst: {
        Args: {
          p_by: string
          p_limit: number
          p_now?: string
        }
        Returns: string[]
      }
      claim_email: {
        Args: {
          p_by?: string
          p_id: string
          p_now?: string
        }
        Returns: boolean
      }
      claim_shadow_run: {
        Args: {
          p_model: string
          p_prompt: string
          p_run_id: string
          p_shadow_id: string
        }
        Returns: string
      }
      close_finished_campaigns: {
        Args: never
        Returns: number
      }
      contacts_at: {
        Args: {
          p_addresses: string[]
        }
        Returns: string[]
      }
      correct_category: {
        Args: {
          p_category: string
          p_id: string
          p_words?: string
        }
        Returns: Json
      }
      count_send: {
        Args: {
          p_send: Database["public"]["Tables"]["sends"]["Row"]
          p_sign: number
        }
        Returns: undefined
      }
      count_soft_bounces: {
        Args: {
          p_addresses: string[]
          p_details: Json
          p_email: Database["public"]["Tables"]["synced_emails"]["Row"]
        }
        Returns: string[]
      }
      dashboard_agent_days: {
        Args: {
          p_agent?: string
          p_from: string
          p_market?: string
          p_search?: string
          p_to: string
        }
        Returns: {
          agent: string
          cost_microusd: number
          day: string
          failed: number
          runs: number
        }[]
      }
      dashboard_agents: {
        Args: {
          p_agent?: string
          p_from: string
          p_market?: string
          p_search?: string
          p_to: string
        }
        Returns: {
          agent: string
          agent_version: string
          answered: number
          cost_microusd: number
          failed: number
          first_pass: number
          input_tokens: number
          last_at: string
          learnings: number
          model: string
          output_tokens: number
          p50_ms: number
          p95_ms: number
          runs: number
          succeeded: number
        }[]
      }
      dashboard_agreement: {
        Args: {
          p_agent?: string
          p_from: string
          p_market?: string
          p_search?: string
          p_to: string
        }
        Returns: {
          changes_asked: number
          checkpoint: string
          edited: number
          judged: number
          rejected: number
          unchanged: number
          week: string
        }[]
      }
      dashboard_calibration: {
        Args: {
          p_from: string
          p_market?: string
          p_search?: string
          p_to: string
        }
        Returns: {
          bin: number
          confidence: number
          correct: number
          mails: number
        }[]
      }
      dashboard_checkpoints: {
        Args: {
          p_agent?: string
          p_from: string
          p_market?: string
          p_search?: string
          p_to: string
        }
        Returns: {
          agent: string
          approved: number
          by_auto: number
          checkpoint: string
          decided: number
          mode: string
          oldest_at: string
          p50_ms: number
          p95_ms: number
          revisions: number
          waiting: number
        }[]
      }
      dashboard_confusion: {
        Args: {
          p_from: string
          p_market?: string
          p_search?: string
          p_to: string
        }
        Returns: {
          correct: string
          mails: number
          predicted: string
        }[]
      }
      dashboard_domains: {
        Args: {
          p_from: string
          p_to: string
        }
        Returns: {
          bounced: number
          complained: number
          domain: string
          sent: number
        }[]
      }
      dashboard_effects: {
        Args: {
          p_agent?: string
          p_from: string
          p_market?: string
          p_search?: string
          p_to: string
        }
        Returns: {
          agent: string
          effect_bps: number
          id: string
          measured_at: string
          outcome: string
          runs: number
          words: string
        }[]
      }
      dashboard_funnel: {
        Args: {
          p_by?: string
          p_from: string
          p_market?: string
          p_search?: string
          p_to: string
        }
        Returns: {
          contacts: number
          delivered: number
          enrolled: number
          interested: number
          key: string
          name: string
          priced: number
          properties: number
          replied: number
          search_id: string
          sent: number
        }[]
      }
      dashboard_learnings: {
        Args: {
          p_agent?: string
          p_from: string
          p_market?: string
          p_search?: string
          p_to: string
        }
        Returns: {
          agent: string
          better: number
          in_use: number
          mean_bps: number
          measured: number
          said: number
          worse: number
        }[]
      }
      dashboard_limits: {
        Args: {
          p_now?: string
        }
        Returns: {
          day_limit: number
          day_used: number
          hour_limit: number
          hour_used: number
          mailbox_id: string
          name: string
          status: string
          warming_up: boolean
        }[]
      }
      dashboard_markets: {
        Args: never
        Returns: {
          contacts: number
          market: string
        }[]
      }
      dashboard_replies: {
        Args: {
          p_from: string
          p_market?: string
          p_search?: string
          p_to: string
        }
        Returns: {
          answered: number
          answered_p50_ms: number
          answered_p95_ms: number
          by_agent: number
          category: string
          mails: number
          routed: number
          routed_p50_ms: number
          routed_p95_ms: number
        }[]
      }
      dashboard_reply_weeks: {
        Args: {
          p_from: string
          p_market?: string
          p_search?: string
          p_to: string
        }
        Returns: {
          answered: number
          answered_p50_ms: number
          mails: number
          routed_p50_ms: number
          week: string
        }[]
      }
      dashboard_sends: {
        Args: {
          p_by?: string
          p_from: string
          p_market?: string
          p_search?: string
          p_to: string
        }
        Returns: {
          bounced: number
          busiest_at: string
          busiest_hour: number
          complained: number
          key: string
          name: string
          sent: number
        }[]
      }
      decide_approval: {
        Args: {
          p_agent?: string
          p_content_hash: string
          p_decision: string
          p_edits?: Json
          p_feedback?: string
          p_id: string
          p_tags?: string[]
        }
        Returns: Json
      }
      decision_outcome: {
        Args: {
          p_outcome: string
          p_row: Database["public"]["Tables"]["approval_queue"]["Row"]
        }
        Returns: Json
      }
      definition_model: {
        Args: {
          p_agent: string
          p_version: string
        }
        Returns: string
      }
      definition_version: {
        Args: {
          p_source: string
        }
        Returns: string
      }
      demote_checkpoint: {
        Args: {
          p_cause: string
          p_checkpoint: string
          p_why: string
        }
        Returns: boolean
      }
      desk_day: {
        Args: {
          p_day: string
        }
        Returns: string
      }
      desk_moment: {
        Args: {
          p_at: string
        }
        Returns: string
      }
      desk_overview: {
        Args: {
          p_since?: string
        }
        Returns: Json
      }
      discard_import: {
        Args: {
          p_id: string
        }
        Returns: boolean
      }
      dismiss_proposal: {
        Args: {
          p_id: string
          p_reason: string
        }
        Returns: boolean
      }
      drop_campaign_edit: {
        Args: {
          p_campaign_id: string
          p_revision: number
        }
        Returns: boolean
      }
      edit_hash: {
        Args: {
          p_campaign_id: string
          p_revision: number
        }
        Returns: string
      }
      edits_decided: {
        Args: never
        Returns: Json
      }
      effective_mode: {
        Args: {
          p_at?: string
          p_checkpoint: string
          p_proposal?: Json
        }
        Returns: {
          because: string
          mode: string
        }[]
      }
      email_domain: {
        Args: {
          p_email: string
        }
        Returns: string
      }
      evidence_sentence: {
        Args: {
          p_all: number
          p_unchanged: number
        }
        Returns: string
      }
      exclude_address: {
        Args: {
          p_kind: string
          p_reason: string
          p_value: string
        }
        Returns: Database["public"]["Tables"]["email_exclusions"]["Row"]
        SetofOptions: {
          from: "*"
          to: "email_exclusions"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      extraction_yield: {
        Args: {
          p_extraction_id: string
        }
        Returns: {
          asked: number
          contacts: number
          position: number
          properties: number
          title: string
          with_email: number
        }[]
      }
      finish_email: {
        Args: {
          p_id: string
          p_sequence?: string
        }
        Returns: boolean
      }
      finish_import_check: {
        Args: {
          p_check_no: number
          p_id: string
        }
        Returns: boolean
      }
      forget_address: {
        Args: {
          p_address: string
          p_reason: string
        }
        Returns: boolean
      }
      forget_relay: {
        Args: {
          p_relay_id: string
        }
        Returns: boolean
      }
      full_limit: {
        Args: {
          p_mailbox_id: string
          p_now: string
        }
        Returns: {
          reason: string
          until: string
        }[]
      }
      give_verdict: {
        Args: {
          p_agent?: string
          p_category?: string
          p_id: string
          p_tags?: string[]
          p_verdict: string
          p_words?: string
        }
        Returns: Json
      }
      has_sequence: {
        Args: {
          p_contacts: string[]
        }
        Returns: boolean
      }
      has_unread_reply: {
        Args: {
          p_contact_id: string
        }
        Returns: boolean
      }
      hold_contact:
        | {
            Args: {
              p_contact_id: string
            }
            Returns: undefined
          }
        | {
            Args: {
              p_contact_id: string
              p_how: string
              p_reason: string
              p_resume_at?: string
            }
            Returns: undefined
          }
      hold_still: {
        Args: {
          p_campaign_id: string
          p_contact_id: string
          p_enrollment_id: string
          p_enrollment_status: string
        }
        Returns: boolean
      }
      import_differences: {
        Args: {
          p_id: string
        }
        Returns: Json
      }
      ingest_email: {
        Args: {
          p_email: Json
          p_mailbox_id: string
        }
        Returns: Json
      }
      is_admin: {
        Args: never
        Returns: boolean
      }
      is_applied: {
        Args: {
          p_answer: Database["public"]["Tables"]["approval_queue"]["Row"]
          p_asked: Database["public"]["Tables"]["approval_queue"]["Row"]
          p_feedback: Database["public"]["Tables"]["agent_feedback"]["Row"]
        }
        Returns: boolean
      }
      is_left_to_person: {
        Args: {
          p_checkpoint: string
          p_proposal: Json
        }
        Returns: boolean
      }
      is_operator: {
        Args: never
        Returns: boolean
      }
      is_own_words: {
        Args: {
          p_category: string
        }
        Returns: boolean
      }
      is_rebuilding: {
        Args: never
        Returns: boolean
      }
      is_same_mailbox: {
        Args: {
          p_one: string
          p_other: string
        }
        Returns: boolean
      }
      is_same_model: {
        Args: {
          p_asked: string
          p_live_asked: string
          p_live_model: string
          p_model: string
        }
        Returns: boolean
      }
      is_shared_domain: {
        Args: {
          p_domain: string
        }
        Returns: boolean
      }
      json_leaves: {
        Args: {
          p_json: Json
        }
        Returns: {
          path: string
          value: Json
        }[]
      }
      judge_all_sending: {
        Args: {
          p_now?: string
        }
        Returns: number
      }
      judge_sending: {
        Args: {
          p_campaign_id: string
          p_mailbox_id: string
          p_now?: string
        }
        Returns: undefined
      }
      keep_agent_definition: {
        Args: {
          p_agent: string
          p_author: string
          p_note?: string
          p_origin: string
          p_source: string
        }
        Returns: string
      }
      keep_both_learnings: {
        Args: {
          p_one: string
          p_other: string
        }
        Returns: boolean
      }
      keep_label: {
        Args: {
          p_label: Database["public"]["Tables"]["labelled_replies"]["Row"]
        }
        Returns: undefined
      }
      keep_mode_change: {
        Args: {
          p_actor: string
          p_after: Database["public"]["Tables"]["checkpoint_settings"]["Row"]
          p_before: Database["public"]["Tables"]["checkpoint_settings"]["Row"]
          p_cause: string
          p_kind: string
          p_why: string
        }
        Returns: undefined
      }
      keep_named_people: {
        Args: {
          p_category: string
          p_email: Database["public"]["Tables"]["synced_emails"]["Row"]
          p_people: Json
        }
        Returns: Json
      }
      learning_runs: {
        Args: {
          p_before?: string
          p_id: string
          p_limit?: number
        }
        Returns: {
          applied: boolean
          contacts: number
          corrected_to: string
          decided_by: string
          decision: string
          edited: boolean
          email_id: string
          line: string
          purpose: string
          run_id: string
          search_id: string
          search_name: string
          started_at: string
          status: string
          verdict: string
        }[]
      }
      lift_do_not_contact: {
        Args: {
          p_id: string
          p_kind: string
          p_reason: string
        }
        Returns: boolean
      }
      lift_exclusion: {
        Args: {
          p_id: string
          p_reason: string
        }
        Returns: boolean
      }
      limit_frees_at: {
        Args: {
          p_limit: number
          p_mailbox_id: string
          p_now: string
          p_span: string
        }
        Returns: string
      }
      limits_of: {
        Args: {
          p_mailbox: Database["public"]["Tables"]["mailboxes"]["Row"]
        }
        Returns: Json
      }
      link_email: {
        Args: {
          p_contact_id: string
          p_email_id: string
        }
        Returns: Json
      }
      live_agent: {
        Args: {
          p_checkpoint: string
        }
        Returns: {
          asked_model: string
          model: string
          version: string
        }[]
      }
      live_agent_version: {
        Args: {
          p_checkpoint: string
        }
        Returns: string
      }
      lookups_hash: {
        Args: never
        Returns: string
      }
      lookups_in_use: {
        Args: never
        Returns: {
          id: number
          kind: string
          search_id: string
          search_name: string
        }[]
      }
      mail_bar: {
        Args: {
          p_contact_id: string
          p_to: string
        }
        Returns: string
      }
      mail_counts_from: {
        Args: never
        Returns: string
      }
      mail_status: {
        Args: {
          "": Database["public"]["Tables"]["contacts"]["Row"]
        }
        Returns: string
      }
      mailbox_daily_limit: {
        Args: {
          p_at?: string
          p_mailbox_id: string
        }
        Returns: number
      }
      mailbox_key: {
        Args: {
          p_address: string
        }
        Returns: string
      }
      mailbox_load: {
        Args: {
          p_mailbox_id: string
        }
        Returns: Json
      }
      mailboxes_due: {
        Args: {
          p_now?: string
        }
        Returns: string[]
      }
      mailed_among: {
        Args: {
          p_list: Json
        }
        Returns: string[]
      }
      map_import: {
        Args: {
          p_id: string
          p_mapping: Json
          p_remember?: boolean
        }
        Returns: string
      }
      mark_reply: {
        Args: {
          p_email_id: string
          p_read: boolean
        }
        Returns: boolean
      }
      market_of: {
        Args: {
          p_extraction_id: string
          p_position: number
          p_property_id: string
        }
        Returns: string
      }
      match_email: {
        Args: {
          p_email: Json
          p_mailbox_id: string
        }
        Returns: Json
      }
      match_key: {
        Args: {
          p_text: string
        }
        Returns: string
      }
      measure_learnings: {
        Args: {
          p_now?: string
        }
        Returns: number
      }
      metric_decisions: {
        Args: {
          p_from: string
          p_market?: string
          p_search?: string
          p_to: string
          p_waiting?: boolean
        }
        Returns: {
          at: string
          checkpoint: string
          decided_by: string
          id: string
          mode: string
          requested_at: string
          revision: number
          status: string
          title: string
        }[]
      }
      metric_judged: {
        Args: {
          p_agent?: string
          p_from: string
          p_market?: string
          p_search?: string
          p_to: string
        }
        Returns: {
          agent: string
          approval_id: string
          at: string
          changed_bps: number
          checkpoint: string
          email_id: string
          id: number
          judged_by: string
          outcome: string
          source: string
          title: string
        }[]
      }
      metric_learnings: {
        Args: {
          p_agent?: string
          p_market?: string
          p_search?: string
        }
        Returns: {
          adjustment: string
          agent: string
          author: string
          created_at: string
          effect_bps: number
          id: string
          measured_at: string
          outcome: string
          status: string
          words: string
        }[]
      }
      metric_runs: {
        Args: {
          p_agent?: string
          p_from: string
          p_market?: string
          p_search?: string
          p_to: string
        }
        Returns: {
          agent: string
          agent_version: string
          answered: boolean
          cost_microusd: number
          duration_ms: number
          failure_kind: string
          first_pass: boolean
          id: string
          learnings: number
          model: string
          purpose: string
          started_at: string
          status: string
          tokens: number
        }[]
      }
      metric_used: {
        Args: {
          p_hours: number
          p_mailbox?: string
          p_now?: string
        }
        Returns: {
          at: string
          by_hand: boolean
          contact_id: string
          from_address: string
          id: string
          places: number
          title: string
          to_words: string
        }[]
      }
      move_answer_template: {
        Args: {
          p_id: string
          p_up: boolean
        }
        Returns: boolean
      }
      move_mailbox: {
        Args: {
          p_mailbox_id: string
          p_relay_id: string
        }
        Returns: boolean
      }
      move_search: {
        Args: {
          p_from: string[]
          p_id: string
          p_reason?: string
          p_to: string
        }
        Returns: boolean
      }
      ms_between: {
        Args: {
          p_from: string
          p_to: string
        }
        Returns: number
      }
      next_open: {
        Args: {
          p_at: string
          p_closed: string[]
          p_days: number[]
          p_end: string
          p_start: string
          p_zone: string
        }
        Returns: string
      }
      next_shadow_work: {
        Args: {
          p_limit?: number
        }
        Returns: {
          agent: string
          left_microusd: number
          run_id: string
          shadow_id: string
          version: string
        }[]
      }
      next_wake: {
        Args: {
          p_full: string[]
          p_full_until: string
          p_mailbox_id: string
          p_now: string
          p_pace: Database["public"]["Tables"]["mailbox_pace"]["Row"]
        }
        Returns: Json
      }
      note_adjustment: {
        Args: {
          p_adjustment: string
          p_approval_id: string
        }
        Returns: number
      }
      note_definition: {
        Args: {
          p_agent: string
          p_model?: string
          p_version: string
        }
        Returns: undefined
      }
      note_hand_sent: {
        Args: {
          p_mail: Json
          p_mailbox_id: string
        }
        Returns: boolean
      }
      note_learning: {
        Args: {
          p_search_id: string
          p_tags?: string[]
          p_words: string
        }
        Returns: string
      }
      note_pace: {
        Args: {
          p_mailbox_id: string
          p_now: string
          p_send_id: string
          p_settings: Json
        }
        Returns: Database["public"]["Tables"]["mailbox_pace"]["Row"]
        SetofOptions: {
          from: "*"
          to: "mailbox_pace"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      note_relay_problem: {
        Args: {
          p_clock_offset_ms?: number
          p_problem: string
          p_url: string
        }
        Returns: undefined
      }
      note_sent_item: {
        Args: {
          p_item: Json
          p_mailbox_id: string
        }
        Returns: string
      }
      note_sync: {
        Args: {
          p_behind_s: number
          p_folder: string
          p_mailbox_id: string
          p_now?: string
          p_problem?: string
          p_read_up_to: string
          p_stored: number
        }
        Returns: undefined
      }
      open_campaign_edit: {
        Args: {
          p_by?: string
          p_campaign_id: string
          p_changes: Json
        }
        Returns: number
      }
      open_deal: {
        Args: {
          p_company_id: string
          p_contact_id: string
        }
        Returns: string
      }
      open_import: {
        Args: {
          p_file_bytes: number
          p_file_hash: string
          p_file_name: string
          p_header_row: number
          p_headers: string[]
          p_headers_key: string
          p_read_as: string
          p_search_id?: string
        }
        Returns: string
      }
      open_import_extraction: {
        Args: {
          p_approval_id: string
          p_import_id: string
          p_search_id: string
        }
        Returns: string
      }
      opt_out_by_link: {
        Args: {
          p_send_id: string
        }
        Returns: boolean
      }
      pass_agent_circuit: {
        Args: {
          p_lease_s?: number
          p_now?: string
          p_probe?: boolean
        }
        Returns: Json
      }
      pause_campaign_itself: {
        Args: {
          p_id: string
          p_why: string
        }
        Returns: boolean
      }
      pause_mailbox_itself: {
        Args: {
          p_id: string
          p_why: string
        }
        Returns: boolean
      }
      payload_grounds: {
        Args: {
          p_payloads: Json
        }
        Returns: {
          id: string
          kind: string
        }[]
      }
      plan_changes: {
        Args: {
          p_after: number
          p_before: number
          p_campaign_id: string
        }
        Returns: Json
      }
      plan_hash: {
        Args: {
          p_campaign_id: string
          p_revision: number
        }
        Returns: string
      }
      plan_hours: {
        Args: {
          p_campaign_id: string
          p_revision: number
        }
        Returns: Json
      }
      plan_timeline: {
        Args: {
          p_campaign_id: string
          p_revision: number
        }
        Returns: {
          day: string
          sends: number
          step: number
        }[]
      }
      plan_totals: {
        Args: {
          p_campaign_id: string
          p_revision: number
        }
        Returns: Json
      }
      planning_load: {
        Args: {
          p_without?: string
        }
        Returns: Json
      }
      point_agent_definition: {
        Args: {
          p_agent: string
          p_expected: string
          p_file_version: string
          p_version: string
          p_why: string
        }
        Returns: string
      }
      propose: {
        Args: {
          p_agent_run_id?: string
          p_campaign_id?: string
          p_checkpoint: string
          p_deadline_at?: string
          p_email_id?: string
          p_priority?: number
          p_proposal: Json
          p_revision: number
          p_run_key: string
          p_search_id?: string
          p_summary: string
          p_title: string
        }
        Returns: Database["public"]["Tables"]["approval_queue"]["Row"]
        SetofOptions: {
          from: "*"
          to: "approval_queue"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      rank_learnings: {
        Args: {
          p_agent: string
          p_limit?: number
          p_tags: string[]
        }
        Returns: {
          adjustment: string
          id: string
          outcome: string
          pinned: boolean
          words: string
        }[]
      }
      rebuild_metrics: {
        Args: never
        Returns: undefined
      }
      record_evidence: {
        Args: {
          p_row: Database["public"]["Tables"]["approval_queue"]["Row"]
        }
        Returns: undefined
      }
      record_send: {
        Args: {
          p_evidence?: Json
          p_id: string
          p_reason?: string
          p_to: string
        }
        Returns: boolean
      }
      refresh_enrollments: {
        Args: {
          p_ids: string[]
        }
        Returns: undefined
      }
      register_relay: {
        Args: {
          p_report: Json
          p_url: string
        }
        Returns: Json
      }
      release_claim: {
        Args: {
          p_id: string
          p_verdict?: Json
        }
        Returns: boolean
      }
      release_contact: {
        Args: {
          p_contact_id: string
        }
        Returns: undefined
      }
      remember_address: {
        Args: {
          p_contact_id: string
          p_email: Database["public"]["Tables"]["synced_emails"]["Row"]
        }
        Returns: boolean
      }
      reopen_approval: {
        Args: {
          p_id: string
        }
        Returns: boolean
      }
      reply_share: {
        Args: {
          p_from: string
          p_of_others: boolean
          p_search_id: string
          p_to: string
        }
        Returns: Json
      }
      reply_time_of: {
        Args: {
          p_email: Database["public"]["Tables"]["synced_emails"]["Row"]
        }
        Returns: Database["public"]["Tables"]["reply_times"]["Row"]
        SetofOptions: {
          from: "*"
          to: "reply_times"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      report_agent_outcome: {
        Args: {
          p_jitter?: number
          p_message?: string
          p_now?: string
          p_outcome: string
        }
        Returns: Json
      }
      require_operator: {
        Args: never
        Returns: undefined
      }
      require_scope: {
        Args: {
          p_checkpoint: string
          p_scope: Json
        }
        Returns: undefined
      }
      require_zone: {
        Args: {
          p_zone: string
        }
        Returns: undefined
      }
      reserve_send: {
        Args: {
          p_mailbox_id: string
          p_now?: string
        }
        Returns: Json
      }
      resume_contact: {
        Args: {
          p_contact_id: string
        }
        Returns: undefined
      }
      resume_rested: {
        Args: {
          p_now?: string
        }
        Returns: number
      }
      retire_answer_template: {
        Args: {
          p_id: string
          p_retired: boolean
        }
        Returns: boolean
      }
      retry_agents_now: {
        Args: never
        Returns: boolean
      }
      rewrite_learnings: {
        Args: {
          p_ids: string[]
          p_reason?: string
          p_tags: string[]
          p_words: string
        }
        Returns: Database["public"]["Tables"]["agent_feedback"]["Row"]
        SetofOptions: {
          from: "*"
          to: "agent_feedback"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      route_email: {
        Args: {
          p_category: string
          p_confidence: number
          p_decided_by: string
          p_details?: Json
          p_id: string
          p_reason: string
        }
        Returns: Json
      }
      run_learnings: {
        Args: {
          p_run_id: string
        }
        Returns: {
          adjustment: string
          applied: boolean
          became: string
          feedback_id: string
          line: string
          pinned: boolean
          status: string
        }[]
      }
      running_for: {
        Args: {
          p_contacts: string[]
        }
        Returns: Json
      }
      sample_point: {
        Args: {
          p_id: string
        }
        Returns: number
      }
      save_agent_definition: {
        Args: {
          p_agent: string
          p_expected: string
          p_file_version: string
          p_live: boolean
          p_note: string
          p_source: string
        }
        Returns: string
      }
      save_answer_template: {
        Args: {
          p_body: string
          p_category?: string
          p_id: string
          p_name: string
        }
        Returns: string
      }
      save_edit_chunk: {
        Args: {
          p_campaign_id: string
          p_revision: number
          p_sends: Json
        }
        Returns: undefined
      }
      save_import_rows: {
        Args: {
          p_extraction_id: string
          p_limit: number
        }
        Returns: string
      }
      save_owner: {
        Args: {
          p_contacts: Json
          p_extraction_id: string
          p_header: Json
          p_owner: Json
          p_property_id: string
        }
        Returns: number
      }
      save_plan_chunk: {
        Args: {
          p_campaign_id: string
          p_enrollments: Json
          p_revision: number
          p_sends: Json
        }
        Returns: undefined
      }
      save_properties: {
        Args: {
          p_extraction_id: string
          p_listed: boolean
          p_next_page: number
          p_position: number
          p_rows: Json
        }
        Returns: number
      }
      save_reply_draft: {
        Args: {
          p_body: string
          p_email_id: string
          p_subject: string
        }
        Returns: boolean
      }
      say_agent_circuit: {
        Args: {
          p_circuit: Database["public"]["Tables"]["agent_circuit"]["Row"]
          p_passes: boolean
          p_probe: boolean
        }
        Returns: Json
      }
      scheduled_ahead: {
        Args: {
          p_after_due: string
          p_after_id: string
          p_limit: number
          p_until: string
        }
        Returns: Json
      }
      scope_problem: {
        Args: {
          p_checkpoint: string
          p_proposal: Json
          p_scope: Json
        }
        Returns: string
      }
      scope_words: {
        Args: {
          p_scope: Json
        }
        Returns: string
      }
      seal_campaign_edit: {
        Args: {
          p_campaign_id: string
          p_kept?: Json
          p_revision: number
        }
        Returns: Json
      }
      seal_plan: {
        Args: {
          p_campaign_id: string
          p_revision: number
        }
        Returns: Json
      }
      search_yield: {
        Args: {
          p_search_id: string
        }
        Returns: Json
      }
      send_counts: {
        Args: {
          p_campaign_ids: string[]
        }
        Returns: {
          campaign_id: string
          sends: number
          status: string
        }[]
      }
      send_ledger: {
        Args: {
          p_now?: string
        }
        Returns: Json
      }
      set_campaign_status: {
        Args: {
          p_id: string
          p_reason?: string
          p_to: string
        }
        Returns: boolean
      }
      set_checkpoint_mode: {
        Args: {
          p_checkpoint: string
          p_mode: string
          p_reason?: string
          p_scope?: Json
          p_until?: string
        }
        Returns: Database["public"]["Tables"]["checkpoint_settings"]["Row"]
        SetofOptions: {
          from: "*"
          to: "checkpoint_settings"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      set_desktop_notices: {
        Args: {
          p_kinds: string[]
        }
        Returns: string[]
      }
      set_kill_switch: {
        Args: {
          p_pulled: boolean
          p_reason: string
        }
        Returns: Database["public"]["Tables"]["kill_switch"]["Row"]
        SetofOptions: {
          from: "*"
          to: "kill_switch"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      set_learning: {
        Args: {
          p_id: string
          p_pinned: boolean
          p_reason?: string
          p_status: string
        }
        Returns: Database["public"]["Tables"]["agent_feedback"]["Row"]
        SetofOptions: {
          from: "*"
          to: "agent_feedback"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      set_mailbox_limits: {
        Args: {
          p_daily: number
          p_hourly: number
          p_id: string
          p_ramp_start_per_day?: number
          p_ramp_started_on?: string
          p_ramp_step_per_day?: number
        }
        Returns: Database["public"]["Tables"]["mailboxes"]["Row"]
        SetofOptions: {
          from: "*"
          to: "mailboxes"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      set_mailbox_status: {
        Args: {
          p_id: string
          p_reason?: string
          p_to: string
        }
        Returns: boolean
      }
      settle_send: {
        Args: {
          p_answer: string
          p_id: string
        }
        Returns: boolean
      }
      shadow_totals: {
        Args: {
          p_id: string
        }
        Returns: Json
      }
      share_changed: {
        Args: {
          p_after: number
          p_before: number
        }
        Returns: number
      }
      snooze_approval: {
        Args: {
          p_id: string
          p_until: string
        }
        Returns: boolean
      }
      snooze_email: {
        Args: {
          p_id: string
          p_until: string
        }
        Returns: boolean
      }
      spacing_after: {
        Args: {
          p_send_id: string
          p_settings: Json
        }
        Returns: number
      }
      stage_import_rows: {
        Args: {
          p_id: string
          p_rows: Json
        }
        Returns: undefined
      }
      stalled_sends: {
        Args: {
          p_now?: string
        }
        Returns: string[]
      }
      stalled_work: {
        Args: {
          p_now?: string
        }
        Returns: Json
      }
      start_import: {
        Args: {
          p_check_no: number
          p_id: string
        }
        Returns: Json
      }
      start_import_search: {
        Args: {
          p_buyer_name: string
          p_check_no: number
          p_criteria: Json
          p_id: string
          p_name: string
        }
        Returns: Json
      }
      start_shadow: {
        Args: {
          p_agent: string
          p_budget_microusd: number
          p_share_pct: number
          p_version: string
        }
        Returns: string
      }
      stop_shadow: {
        Args: {
          p_id: string
          p_why?: string
        }
        Returns: boolean
      }
      store_import_rows: {
        Args: {
          p_extraction_id: string
          p_limit: number
        }
        Returns: string
      }
      suggest_matches: {
        Args: {
          p_email_id: string
        }
        Returns: {
          company: string
          company_id: string
          contact_id: string
          email: string
          full_name: string
          why: string
        }[]
      }
      switch_shadow: {
        Args: {
          p_expected: string
          p_file_version: string
          p_id: string
          p_why: string
        }
        Returns: string
      }
      tag_keys: {
        Args: {
          p_tags: string[]
        }
        Returns: string[]
      }
      take_import_values: {
        Args: {
          p_from: number
          p_import_id: string
          p_to: number
        }
        Returns: number
      }
      tell: {
        Args: {
          p_body: string
          p_href: string
          p_kind: string
          p_title: string
          p_tone: string
        }
        Returns: string
      }
      texts_in: {
        Args: {
          p_list: Json
        }
        Returns: string[]
      }
      tick_summary: {
        Args: {
          p_since: string
        }
        Returns: Json
      }
      tidy_agent_runs: {
        Args: {
          p_now?: string
        }
        Returns: number
      }
      tidy_imports: {
        Args: {
          p_now?: string
        }
        Returns: Json
      }
      time_mail: {
        Args: {
          p_contact_id: string
          p_email_id: string
        }
        Returns: undefined
      }
      trust_by_version: {
        Args: {
          p_checkpoint: string
        }
        Returns: {
          agent: string
          agent_version: string
          bound: number
          changes_asked: number
          decisions: number
          edited: number
          first_at: string
          is_live: boolean
          last_at: string
          model: string
          rejected: number
          unchanged: number
        }[]
      }
      trust_trend: {
        Args: {
          p_checkpoint: string
          p_weeks?: number
        }
        Returns: {
          bound: number
          changes_asked: number
          decisions: number
          edited: number
          rejected: number
          unchanged: number
          week: string
        }[]
      }
      undo_of: {
        Args: {
          p_email_id: string
          p_now?: string
        }
        Returns: Json
      }
      undo_routing: {
        Args: {
          p_email_id: string
          p_reason?: string
        }
        Returns: Json
      }
      unread_replies: {
        Args: never
        Returns: number
      }
      unsent_mails: {
        Args: {
          p_after: string
          p_campaign_id: string
          p_limit: number
        }
        Returns: Json
      }
      update_desk_settings: {
        Args: {
          p_changes: Json
        }
        Returns: Database["public"]["Tables"]["desk_settings"]["Row"]
        SetofOptions: {
          from: "*"
          to: "desk_settings"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      update_routing_rule: {
        Args: {
          p_category: string
          p_changes: Json
          p_reason?: string
        }
        Returns: Database["public"]["Tables"]["routing_rules"]["Row"]
        SetofOptions: {
          from: "*"
          to: "routing_rules"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      update_trust_settings: {
        Args: {
          p_changes: Json
        }
        Returns: Database["public"]["Tables"]["trust_settings"]["Row"]
        SetofOptions: {
          from: "*"
          to: "trust_settings"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      use_import: {
        Args: {
          p_id: string
          p_search_id: string
        }
        Returns: undefined
      }
      use_setup_link: {
        Args: {
          p_token_hash: string
        }
        Returns: boolean
      }
      whole_hour: {
        Args: {
          p_at: string
        }
        Returns: string
      }
      why_not_mail: {
        Args: {
          p_contact_id: string
          p_to: string
        }
        Returns: string
      }
      why_not_yet: {
        Args: {
          p_ids: string[]
          p_now?: string
        }
        Returns: {
          cause: string
          detail: string
          send_id: string
          until: string
          who: string
        }[]
      }
      wilson_lower: {
        Args: {
          p_all: number
          p_good: number
        }
        Returns: number
      }
      words_in: {
        Args: {
          p_text: string
        }
        Returns: string
      }
      write_audit: {
        Args: {
          p_action: string
          p_actor?: string
          p_after?: Json
          p_before?: Json
          p_entity: string
          p_entity_id: string
          p_why?: string
        }
        Returns: undefined
      }
      write_reply: {
        Args: {
          p_body: string
          p_email_id: string
          p_subject: string
        }
        Returns: string
      }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      why_not: {
        cause: string | null
        detail: string | null
        until: string | null
        who: string | null
      }
    }
  }
}

type DatabaseWithoutInternals = Omit<Database, "__InternalSupabase">

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] &
        DefaultSchema["Views"])
    ? (DefaultSchema["Tables"] &
        DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R
      }
      ? R
      : never
    : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I
      }
      ? I
      : never
    : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U
      }
      ? U
      : never
    : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never,
> = DefaultSchemaEnumNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
    ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
    : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never,
> = PublicCompositeTypeNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
    ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
    : never

export const Constants = {
  public: {
    Enums: {},
  },
} as const
