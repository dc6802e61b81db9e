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
      agent_feedback: {
        Row: {
          adjustment: string | null
          agent: string
          approval_id: string | null
          author: string
          checkpoint: string
          created_at: string
          effect_bps: number | null
          id: string
          outcome: string | null
          pinned: boolean
          search_id: string | null
          status: string
          tags: string[]
          updated_at: string
          words: string
        }
        Insert: {
          adjustment?: string | null
          agent: string
          approval_id?: string | null
          author: string
          checkpoint: string
          created_at?: string
          effect_bps?: number | null
          id?: string
          outcome?: string | null
          pinned?: boolean
          search_id?: string | null
          status?: string
          tags?: string[]
          updated_at?: string
          words: string
        }
        Update: {
          adjustment?: string | null
          agent?: string
          approval_id?: string | null
          author?: string
          checkpoint?: string
          created_at?: string
          effect_bps?: number | null
          id?: string
          outcome?: string | null
          pinned?: boolean
          search_id?: string | null
          status?: string
          tags?: string[]
          updated_at?: string
          words?: string
        }
        Relationships: [
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
          attempts: number
          cost_microusd: number | null
          duration_ms: number | null
          email_id: string | null
          failure_kind: string | null
          failure_message: string | null
          finished_at: string | null
          id: string
          input_tokens: number | null
          model: string
          output: Json | null
          output_tokens: number | null
          prompt: string
          purpose: string
          schema_errors: Json
          search_id: string | null
          session_id: string | null
          started_at: string
          status: string
        }
        Insert: {
          agent: string
          agent_version: string
          attempts?: number
          cost_microusd?: number | null
          duration_ms?: number | null
          email_id?: string | null
          failure_kind?: string | null
          failure_message?: string | null
          finished_at?: string | null
          id?: string
          input_tokens?: number | null
          model: string
          output?: Json | null
          output_tokens?: number | null
          prompt: string
          purpose: string
          schema_errors?: Json
          search_id?: string | null
          session_id?: string | null
          started_at?: string
          status?: string
        }
        Update: {
          agent?: string
          agent_version?: string
          attempts?: number
          cost_microusd?: number | null
          duration_ms?: number | null
          email_id?: string | null
          failure_kind?: string | null
          failure_message?: string | null
          finished_at?: string | null
          id?: string
          input_tokens?: number | null
          model?: string
          output?: Json | null
          output_tokens?: number | null
          prompt?: string
          purpose?: string
          schema_errors?: Json
          search_id?: string | null
          session_id?: string | null
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
            foreignKeyName: "agent_runs_search_id_fkey"
            columns: ["search_id"]
            isOneToOne: false
            referencedRelation: "searches"
            referencedColumns: ["id"]
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
          priority: number
          proposal: Json
          reminded_at: string | null
          requested_at: string
          revision: number
          run_key: string
          search_id: string | null
          snoozed_until: string | null
          status: string
          summary: string
          title: string
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
          priority?: number
          proposal: Json
          reminded_at?: string | null
          requested_at?: string
          revision: number
          run_key: string
          search_id?: string | null
          snoozed_until?: string | null
          status?: string
          summary: string
          title: string
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
          priority?: number
          proposal?: Json
          reminded_at?: string | null
          requested_at?: string
          revision?: number
          run_key?: string
          search_id?: string | null
          snoozed_until?: string | null
          status?: string
          summary?: string
          title?: string
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
          closed_dates: string[]
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
          closed_dates?: string[]
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
          closed_dates?: string[]
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
          checkpoint: string
          mode: string
          reason: string | null
          updated_at: string
          updated_by: string
        }
        Insert: {
          checkpoint: string
          mode: string
          reason?: string | null
          updated_at?: string
          updated_by?: string
        }
        Update: {
          checkpoint?: string
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
        }
        Insert: {
          id: number
          kind: string
          market_filter?: boolean
          name: string
        }
        Update: {
          id?: number
          kind?: string
          market_filter?: boolean
          name?: string
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
          closed_dates: string[]
          cooldown_days: number
          daily_limit: number
          desk_name: string
          gap_business_days: number[]
          hourly_limit: number
          id: number
          keep_holidays: boolean
          postal_address: string
          sender_name: string
          spacing_max_s: number
          spacing_min_s: number
          time_zone: string
          updated_at: string
          updated_by: string
          window_days: number[]
          window_end: string
          window_start: string
        }
        Insert: {
          batch_pause_s?: number
          batch_size?: number
          closed_dates?: string[]
          cooldown_days?: number
          daily_limit?: number
          desk_name?: string
          gap_business_days?: number[]
          hourly_limit?: number
          id?: number
          keep_holidays?: boolean
          postal_address?: string
          sender_name?: string
          spacing_max_s?: number
          spacing_min_s?: number
          time_zone?: string
          updated_at?: string
          updated_by?: string
          window_days?: number[]
          window_end?: string
          window_start?: string
        }
        Update: {
          batch_pause_s?: number
          batch_size?: number
          closed_dates?: string[]
          cooldown_days?: number
          daily_limit?: number
          desk_name?: string
          gap_business_days?: number[]
          hourly_limit?: number
          id?: number
          keep_holidays?: boolean
          postal_address?: string
          sender_name?: string
          spacing_max_s?: number
          spacing_min_s?: number
          time_zone?: string
          updated_at?: string
          updated_by?: string
          window_days?: number[]
          window_end?: string
          window_start?: string
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
          campaign_id: string
          contact_id: string
          created_at: string
          id: string
          mailbox_id: string
          property_id: string | null
          reason: string | null
          resume_at: string | null
          status: string
          time_zone: string
          updated_at: string
        }
        Insert: {
          campaign_id: string
          contact_id: string
          created_at?: string
          id?: string
          mailbox_id: string
          property_id?: string | null
          reason?: string | null
          resume_at?: string | null
          status?: string
          time_zone: string
          updated_at?: string
        }
        Update: {
          campaign_id?: string
          contact_id?: string
          created_at?: string
          id?: string
          mailbox_id?: string
          property_id?: string | null
          reason?: string | null
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
            foreignKeyName: "extractions_search_id_fkey"
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
      mailboxes: {
        Row: {
          address: string
          created_at: string
          daily_limit: number
          display_name: string
          host_product: string | null
          host_version: string | null
          hourly_limit: number
          id: string
          last_seen_at: string | null
          last_synced_at: string | null
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
          created_at?: string
          daily_limit?: number
          display_name?: string
          host_product?: string | null
          host_version?: string | null
          hourly_limit?: number
          id?: string
          last_seen_at?: string | null
          last_synced_at?: string | null
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
          created_at?: string
          daily_limit?: number
          display_name?: string
          host_product?: string | null
          host_version?: string | null
          hourly_limit?: number
          id?: string
          last_seen_at?: string | null
          last_synced_at?: string | null
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
      planned_enrollments: {
        Row: {
          campaign_id: string
          contact_id: string
          decision: string
          mailbox_id: string | null
          property_id: string | null
          reason: string | null
          revision: number
          time_zone: string
        }
        Insert: {
          campaign_id: string
          contact_id: string
          decision: string
          mailbox_id?: string | null
          property_id?: string | null
          reason?: string | null
          revision: number
          time_zone: string
        }
        Update: {
          campaign_id?: string
          contact_id?: string
          decision?: string
          mailbox_id?: string | null
          property_id?: string | null
          reason?: string | null
          revision?: number
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
      routing_rules: {
        Row: {
          action: string
          category: string
          do_not_contact: string
          exclude_address: boolean
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
          payload_position: number
          property_id: string
          search_id: string
        }
        Insert: {
          contact_id: string
          payload_position: number
          property_id: string
          search_id: string
        }
        Update: {
          contact_id?: string
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
          payload_position: number
          property_id: string
          search_id: string
        }
        Insert: {
          contacts_fetched_at?: string | null
          extraction_id: string
          payload_position: number
          property_id: string
          search_id: string
        }
        Update: {
          contacts_fetched_at?: string | null
          extraction_id?: string
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
      sends: {
        Row: {
          attempts: number
          body: string
          campaign_id: string | null
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
          attempts?: number
          body: string
          campaign_id?: string | null
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
          attempts?: number
          body?: string
          campaign_id?: string | null
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
          agent_run_id: string | null
          attachments: Json
          attempts: number
          body_html: string | null
          body_text: string
          category: string | null
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
          in_reply_to: string | null
          internet_message_id: string | null
          mailbox_id: string
          matched_by: string | null
          message_class: string
          parse_problem: string | null
          priority: number
          raw_source: string | null
          reason: string | null
          received_at: string
          reference_ids: string[]
          routed_at: string | null
          send_id: string | null
          status: string
          subject: string
          synced_at: string
          to_emails: string[]
          visible_text: string | null
        }
        Insert: {
          agent_run_id?: string | null
          attachments?: Json
          attempts?: number
          body_html?: string | null
          body_text?: string
          category?: string | null
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
          in_reply_to?: string | null
          internet_message_id?: string | null
          mailbox_id: string
          matched_by?: string | null
          message_class?: string
          parse_problem?: string | null
          priority?: number
          raw_source?: string | null
          reason?: string | null
          received_at: string
          reference_ids?: string[]
          routed_at?: string | null
          send_id?: string | null
          status?: string
          subject?: string
          synced_at?: string
          to_emails?: string[]
          visible_text?: string | null
        }
        Update: {
          agent_run_id?: string | null
          attachments?: Json
          attempts?: number
          body_html?: string | null
          body_text?: string
          category?: string | null
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
          in_reply_to?: string | null
          internet_message_id?: string | null
          mailbox_id?: string
          matched_by?: string | null
          message_class?: string
          parse_problem?: string | null
          priority?: number
          raw_source?: string | null
          reason?: string | null
          received_at?: string
          reference_ids?: string[]
          routed_at?: string | null
          send_id?: string | null
          status?: string
          subject?: string
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
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      acting_name: {
        Args: {
          p_actor?: string
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
      answer_extraction: {
        Args: {
          p_answer: string
          p_id: string
        }
        Returns: boolean
      }
      campaign_candidates: {
        Args: {
          p_after: string
          p_campaign_id: string
          p_limit: number
        }
        Returns: Json
      }
      claim_email: {
        Args: {
          p_id: string
          p_now?: string
        }
        Returns: boolean
      }
      close_finished_campaigns: {
        Args: never
        Returns: number
      }
      correct_category: {
        Args: {
          p_category: string
          p_id: string
          p_words?: string
        }
        Returns: Json
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
      desk_overview: {
        Args: {
          p_since?: string
        }
        Returns: Json
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
        }
        Returns: boolean
      }
      has_unread_reply: {
        Args: {
          p_contact_id: string
        }
        Returns: boolean
      }
      hold_contact: {
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
      is_operator: {
        Args: never
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
      link_email: {
        Args: {
          p_contact_id: string
          p_email_id: string
        }
        Returns: Json
      }
      mailbox_load: {
        Args: {
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
      move_search: {
        Args: {
          p_from: string[]
          p_id: string
          p_reason?: string
          p_to: string
        }
        Returns: boolean
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
      plan_hash: {
        Args: {
          p_campaign_id: string
          p_revision: number
        }
        Returns: string
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
      record_send: {
        Args: {
          p_evidence?: Json
          p_id: string
          p_reason?: string
          p_to: string
        }
        Returns: boolean
      }
      release_contact: {
        Args: {
          p_contact_id: string
        }
        Returns: undefined
      }
      reopen_approval: {
        Args: {
          p_id: string
        }
        Returns: boolean
      }
      require_operator: {
        Args: never
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
      seal_plan: {
        Args: {
          p_campaign_id: string
          p_revision: number
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
        }
        Returns: Database["public"]["Tables"]["checkpoint_settings"]["Row"]
        SetofOptions: {
          from: "*"
          to: "checkpoint_settings"
          isOneToOne: true
          isSetofReturn: false
        }
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
      snooze_approval: {
        Args: {
          p_id: string
          p_until: string
        }
        Returns: boolean
      }
      stalled_work: {
        Args: {
          p_now?: string
        }
        Returns: Json
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
      use_setup_link: {
        Args: {
          p_token_hash: string
        }
        Returns: boolean
      }
      why_not_mail: {
        Args: {
          p_contact_id: string
          p_to: string
        }
        Returns: string
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
      [_ in never]: never
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
