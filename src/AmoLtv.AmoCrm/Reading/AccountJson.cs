using System.Text.Json;
using AmoLtv.AmoCrm.Accounts;
using AmoLtv.AmoCrm.Fields;
using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Reading;

/// <summary>Reads the account and its lists. Only ids are required; missing names are empty, missing flags false, missing orders 0.</summary>
internal static class AccountJson
{
    /// <exception cref="FormatException"><c>id</c> is missing.</exception>
    public static CrmAccount Account(JsonElement body) => new(
        new AccountId(Required(body, "id")),
        Json.Text(body, "name") ?? "",
        Json.Text(body, "subdomain") ?? "",
        new UserId(Json.Integer(body, "current_user_id") ?? 0),
        Json.Text(body, "currency") ?? "",
        Json.Text(body, "currency_symbol") ?? "",
        TimeZone(body),
        Json.IsTrue(body, "is_api_filter_enabled"),
        Self(body));

    public static CrmPipeline Pipeline(JsonElement row) => new(
        new PipelineId(Required(row, "id")),
        Json.Text(row, "name") ?? "",
        (int)(Json.Integer(row, "sort") ?? 0),
        Json.IsTrue(row, "is_main"),
        Json.IsTrue(row, "is_archive"),
        [.. Json.List(row, "_embedded", "statuses").Select(Stage)]);

    public static CrmUser User(JsonElement row)
    {
        var rights = Json.Property(row, "rights");
        return new CrmUser(
            new UserId(Required(row, "id")),
            rights is { } some && Json.IsTrue(some, "is_admin"),
            rights is { } any && Json.IsTrue(any, "is_active"));
    }

    public static CrmLossReason LossReason(JsonElement row) => new(Required(row, "id"), Json.Text(row, "name") ?? "");

    /// <exception cref="FormatException"><c>id</c> or <c>type</c> is missing.</exception>
    public static CrmCustomField CustomField(JsonElement row) => new(
        new FieldId(Required(row, "id")),
        Json.Text(row, "name") ?? "",
        Json.Text(row, "code"),
        Json.Text(row, "type") ?? throw new FormatException("type is missing"),
        Json.IsTrue(row, "is_api_only"));

    private static CrmStage Stage(JsonElement row) => new(
        new StatusId(Required(row, "id")),
        Json.Text(row, "name") ?? "",
        (int)(Json.Integer(row, "sort") ?? 0),
        (short)(Json.Integer(row, "type") ?? 0));

    private static string? TimeZone(JsonElement body) =>
        Json.Property(Json.Property(body, "_embedded"), "datetime_settings") is { } settings ? Json.Text(settings, "timezone") : null;

    private static Uri? Self(JsonElement body) =>
        Json.Property(Json.Property(body, "_links"), "self") is { } self
        && Uri.TryCreate(Json.Text(self, "href"), UriKind.Absolute, out var address) ? address : null;

    private static long Required(JsonElement row, string name) => Json.Integer(row, name) ?? throw new FormatException(name + " is missing");
}
