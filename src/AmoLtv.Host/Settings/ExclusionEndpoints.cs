using AmoLtv.Core.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Settings;

/// <summary>Endpoints of leads excluded by hand.</summary>
internal static class ExclusionEndpoints
{
    private const int LongestComment = 500;

    /// <summary>A page that is left breaks no write off.</summary>
    private static readonly CancellationToken Unbroken = CancellationToken.None;

    public static void MapExclusions(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapSettingsGroup("/exclusions");
        group.MapGet("/", ListAsync).WithSummary("Lists deals excluded by hand, the newest first.");
        group.MapPost("/", AddAsync).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Excludes a deal, with a comment.");
        group.MapDelete("/{lead:long}", RevokeAsync).WithSummary("Takes an exclusion back; its trace stays.");
    }

    private static async Task<Ok<Paged<ExcludedLead>>> ListAsync(HttpContext http, ExclusionStore store, bool? inForce, string? cursor, int? limit)
    {
        var size = PageSize.Of(limit);
        var found = await store.ListLeadsAsync(http.Caller().Account, inForce ?? false, PageSize.Cursor(cursor), size + 1, http.RequestAborted);
        return TypedResults.Ok(PageSize.Page(found, size, entry => entry.Id));
    }

    private static async Task<Results<Ok<Freshness>, ProblemHttpResult>> AddAsync(NewExclusion body, HttpContext http, ExclusionStore store, FollowedChange followed)
    {
        var (caller, lead, comment) = (http.Caller(), new LeadId(body.Lead), body.Comment?.Trim() ?? "");
        if (comment.Length is 0 or > LongestComment || comment.Contains('\0', StringComparison.Ordinal))
        {
            return SettingsProblem.Wrong("comment", $"Say why the lead does not count, in at most {LongestComment} characters.");
        }

        if (!await store.KnowsAsync(caller.Account, lead, http.RequestAborted))
        {
            return SettingsProblem.Wrong("lead", $"There is no lead {lead}, as far as the CRM was read.");
        }

        return await followed.MakeAsync(
            caller.Account, connection => store.AddAsync(connection, caller.Account, lead, comment, caller.User.ToString(), Unbroken), Unbroken) is { } fresh
            ? TypedResults.Ok(fresh)
            : SettingsProblem.StaleValue(null);
    }

    private static async Task<Results<Ok<Freshness>, ProblemHttpResult>> RevokeAsync(long lead, HttpContext http, ExclusionStore store, FollowedChange followed) =>
        await followed.MakeAsync(
            http.Caller().Account,
            connection => store.RevokeAsync(connection, http.Caller().Account, new LeadId(lead), http.Caller().User.ToString(), Unbroken),
            Unbroken) is { } fresh
            ? TypedResults.Ok(fresh)
            : SettingsProblem.NotThere($"Lead {lead} is not excluded.");
}
