using System.Security.Cryptography;
using System.Text;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Valuation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Settings;

/// <summary>Endpoints of what channels cost.</summary>
internal static class SpendEndpoints
{
    private const int LongestText = 1_000_000;
    private const int MostShown = 500;

    /// <summary>A page that is left breaks no write off.</summary>
    private static readonly CancellationToken Unbroken = CancellationToken.None;

    public static void MapSpend(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapSettingsGroup("/spend");
        group.MapGet("/", GetAsync).WithSummary("Shows what channels cost, month by month.");
        group.MapPut("/cell", PutCellAsync).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Changes one cell, unless it holds something else than was shown.");
        group.MapPost("/import/preview", PreviewAsync).WithSummary("Shows what importing a CSV text would change, and its errors by line.");
        group.MapPost("/import", ImportAsync).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Imports a CSV text, all of it or nothing.");
        group.MapGet("/changes", ListChangesAsync).WithSummary("Lists changes of spend, the newest first.");
        group.MapPost("/changes/{change:long}/undo", UndoAsync).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Takes a change back, but for cells changed since.");
        group.MapGet("/export.csv", ExportAsync).Produces<string>(StatusCodes.Status200OK, "text/csv").WithSummary("Gives what channels cost as CSV.");
    }

    private static async Task<Ok<SpendTable>> GetAsync(HttpContext http, ChannelSpendStore spend, CatalogStore catalog)
    {
        var account = http.Caller().Account;
        var entered = await spend.ListAsync(account, http.RequestAborted);
        return TypedResults.Ok(new SpendTable(entered, await catalog.ListChannelsAsync(account, http.RequestAborted)));
    }

    private static async Task<Results<Ok<SpendDone>, ProblemHttpResult>> PutCellAsync(
        SpendCell body, HttpContext http, SpendChangeStore changes, FollowedChange followed)
    {
        SpendCell cell;
        try
        {
            cell = body with { Channel = SpendSheet.ChannelOf(body.Channel ?? "") };
        }
        catch (FormatException wrong)
        {
            return SettingsProblem.Wrong("channel", wrong.Message);
        }

        if (cell.Amount is { } amount && FieldText.Money(amount) is null or < 0)
        {
            return SettingsProblem.Wrong("amount", "The amount is below 0 or too large to be meant.");
        }

        decimal? now = null;
        return await ChangeAsync(http, changes, followed, SpendChangeStore.Cell, "", Plan) is { } done
            ? TypedResults.Ok(done)
            : SettingsProblem.StaleValue(now);

        IReadOnlyList<SpendLine>? Plan(IReadOnlyList<ChannelSpend> entered)
        {
            now = SpendCell.AmountOf(entered, cell.Channel, cell.FirstDay);
            return (cell with { Amount = FieldText.Money(cell.Amount) }).PlanOn(entered);
        }
    }

    private static async Task<Results<Ok<SpendPreview>, ProblemHttpResult>> PreviewAsync(SpendUpload body, HttpContext http, ChannelSpendStore spend)
    {
        if (TooLong(body) is { } problem)
        {
            return problem;
        }

        var entered = await spend.ListAsync(http.Caller().Account, http.RequestAborted);
        var import = SpendImport.Of(SpendSheet.Read(body.Text), entered, body.ReplacesAll);
        return TypedResults.Ok(new SpendPreview(
            [.. import.Changes.Take(MostShown)], import.Changes.Count, import.Same, import.Errors, StateOf(entered)));
    }

    private static async Task<Results<Ok<SpendDone>, ProblemHttpResult>> ImportAsync(
        SpendUpload body, HttpContext http, SpendChangeStore changes, FollowedChange followed)
    {
        if (TooLong(body) is { } problem)
        {
            return problem;
        }

        var sheet = SpendSheet.Read(body.Text);
        if (sheet.Errors.Count > 0)
        {
            return SettingsProblem.Wrong("text", $"Line {sheet.Errors[0].Line}: {sheet.Errors[0].Words}.");
        }

        var name = new string([.. (body.Name ?? "").Where(sign => !char.IsControl(sign)).Take(200)]);
        return await ChangeAsync(
            http, changes, followed, SpendChangeStore.Import, name,
            entered => body.Seen is { } seen && seen != StateOf(entered) ? null : SpendImport.Of(sheet, entered, body.ReplacesAll).Changes) is { } done
            ? TypedResults.Ok(done)
            : SettingsProblem.StaleValue(null);
    }

    private static async Task<Ok<Paged<SpendChange>>> ListChangesAsync(HttpContext http, SpendChangeStore changes, string? cursor, int? limit)
    {
        var size = PageSize.Of(limit);
        var found = await changes.ListAsync(http.Caller().Account, PageSize.Cursor(cursor), size + 1, http.RequestAborted);
        return TypedResults.Ok(PageSize.Page(found, size, change => change.Id));
    }

    private static async Task<Results<Ok<SpendDone>, ProblemHttpResult>> UndoAsync(
        long change, HttpContext http, SpendChangeStore changes, FollowedChange followed)
    {
        var caller = http.Caller();
        (int Restored, int Kept)? undone = null;
        var fresh = await followed.MakeAsync(
            caller.Account,
            async connection =>
            {
                undone = await changes.UndoAsync(connection, caller.Account, caller.User, change, Unbroken);
                return undone is { Restored: > 0 };
            },
            Unbroken);
        return undone is var (restored, kept)
            ? TypedResults.Ok(new SpendDone(change, restored, kept, fresh ?? new Freshness(Freshness.Unchanged, null)))
            : SettingsProblem.StaleValue(null);
    }

    private static async Task<FileContentHttpResult> ExportAsync(HttpContext http, ChannelSpendStore spend, string? language)
    {
        var text = SpendExport.Write(await spend.ListAsync(http.Caller().Account, http.RequestAborted), isEnglish: !string.Equals(language, "ru", StringComparison.OrdinalIgnoreCase));
        return TypedResults.Bytes(Encoding.UTF8.GetBytes('\uFEFF' + text), "text/csv; charset=utf-8", "spend.csv");
    }

    /// <returns>Null where the table is another than was seen, and nothing was changed.</returns>
    private static async Task<SpendDone?> ChangeAsync(
        HttpContext http, SpendChangeStore changes, FollowedChange followed, string kind, string note,
        Func<IReadOnlyList<ChannelSpend>, IReadOnlyList<SpendLine>?> plan)
    {
        var caller = http.Caller();
        long? change = null;
        var fresh = await followed.MakeAsync(
            caller.Account,
            async connection =>
            {
                change = await changes.ChangeAsync(connection, caller.Account, caller.User, kind, note, plan, Unbroken);
                return change > 0;
            },
            Unbroken);
        return change is { } number ? new SpendDone(number, 0, 0, fresh ?? new Freshness(Freshness.Unchanged, null)) : null;
    }

    private static ProblemHttpResult? TooLong(SpendUpload body) => body.Text is null || body.Text.Length > LongestText
        ? SettingsProblem.Wrong("text", $"A file has at most {LongestText} characters.")
        : null;

    private static string StateOf(IReadOnlyList<ChannelSpend> entered) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SpendExport.Write(entered, isEnglish: true))))[..16];
}
