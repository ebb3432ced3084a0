using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>GET of the account.</summary>
internal static class AccountAnswer
{
    public static Answer Read(ApiCall call) => Answer.Hal(json =>
    {
        var account = call.State.Account;
        json.WriteStartObject();
        json.WriteNumber("id", account.Id);
        json.WriteString("name", account.Name);
        json.WriteString("subdomain", account.Subdomain);
        json.WriteNumber("created_at", account.CreatedAt);
        json.WriteNumber("created_by", 0);
        json.WriteNumber("updated_at", account.CreatedAt);
        json.WriteNumber("updated_by", 0);
        json.WriteNumber("current_user_id", call.User.Id);
        json.WriteString("country", "RU");
        json.WriteString("currency", account.Currency);
        json.WriteString("currency_symbol", account.CurrencySymbol);
        json.WriteString("customers_mode", "unavailable");
        json.WriteBoolean("is_unsorted_on", true);
        json.WriteNumber("mobile_feature_version", 0);
        json.WriteBoolean("is_loss_reason_enabled", true);
        json.WriteBoolean("is_helpbot_enabled", false);
        json.WriteBoolean("is_technical_account", false);
        json.WriteNumber("contact_name_display_order", 1);
        if (call.With.Contains("is_api_filter_enabled"))
        {
            json.WriteBoolean("is_api_filter_enabled", account.FiltersEnabled);
        }

        if (call.With.Contains("version"))
        {
            json.WriteNumber("version", 14);
        }

        ListLinks.Self(json, call, "/api/v4/account");
        WriteEmbedded(json, call);
        json.WriteEndObject();
    });

    private static void WriteEmbedded(Utf8JsonWriter json, ApiCall call)
    {
        json.WriteStartObject("_embedded");
        if (call.With.Contains("datetime_settings"))
        {
            json.WriteStartObject("datetime_settings");
            json.WriteString("date_pattern", "d.m.Y H:i");
            json.WriteString("short_date_pattern", "d.m.Y");
            json.WriteString("short_time_pattern", "H:i");
            json.WriteString("date_format", "d.m.Y");
            json.WriteString("time_format", "H:i:s");
            json.WriteString("timezone", call.State.Account.TimeZoneId);
            json.WriteString("timezone_offset", Offset(call.State.Account.TimeZone.GetUtcOffset(call.State.Clock.Now)));
            json.WriteEndObject();
        }

        if (call.With.Contains("task_types"))
        {
            json.WriteStartArray("task_types");
            foreach (var (id, name, code) in (ReadOnlySpan<(int, string, string)>)[(1, "Связаться", "FOLLOW_UP"), (2, "Встреча", "MEETING")])
            {
                json.WriteStartObject();
                json.WriteNumber("id", id);
                json.WriteString("name", name);
                json.WriteString("code", code);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (call.With.Contains("users_groups"))
        {
            json.WriteStartArray("users_groups");
            json.WriteStartObject();
            json.WriteNumber("id", 0);
            json.WriteString("name", "Отдел продаж");
            json.WriteNull("uuid");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static string Offset(TimeSpan offset) => (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture);
}
