using AmoLtv.Host.Callers;
using AmoLtv.Host.Settings;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Cards;

/// <summary>The inbox of remarks, for administrators of the account.</summary>
public static class RemarksEndpoints
{
    public static IEndpointRouteBuilder MapRemarks(this IEndpointRouteBuilder endpoints)
    {
        var remarks = endpoints.MapGroup("/api/remarks").WithTags("Remarks").WithSummary("The inbox of what users say about the numbers of cards.").RequireAdmin();
        remarks.MapGet("/", ListAsync);
        remarks.MapPost("/{id:long}/resolution", ResolveAsync);
        return endpoints;
    }

    /// <param name="state"><c>open</c> (default), <c>resolved</c> or <c>all</c>.</param>
    /// <param name="before">Only older ones than this; <paramref name="cursor"/>, as every list calls it, says the same.</param>
    private static async Task<Results<Ok<RemarkPage>, ProblemHttpResult>> ListAsync(
        HttpContext http, RemarkStore remarks, CancellationToken cancellationToken, string state = "open", long? before = null, long? cursor = null, int? limit = null)
    {
        if (state is not ("open" or "resolved" or "all"))
        {
            return CallerProblem.Of(StatusCodes.Status400BadRequest, "state", "State is open, resolved or all.");
        }

        http.Response.Headers.CacheControl = "private, no-store";
        var account = http.Features.GetRequiredFeature<Caller>().Account;
        var size = PageSize.Of(limit);
        var rows = await remarks.ListAsync(account, state == "all" ? null : state == "open", before ?? cursor, size + 1, cancellationToken);
        var items = rows.Take(size).ToList();
        return TypedResults.Ok(new RemarkPage(
            await remarks.CountOpenAsync(account, cancellationToken), items, rows.Count > size ? items[^1].Id : null));
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> ResolveAsync(
        long id, RemarkResolution resolution, HttpContext http, RemarkStore remarks, CancellationToken cancellationToken)
    {
        var answer = string.IsNullOrWhiteSpace(resolution.Answer) ? null : resolution.Answer.Trim();
        if (answer?.Length > NewRemark.MaxLength || answer?.Contains('\0', StringComparison.Ordinal) == true)
        {
            return CallerProblem.Of(StatusCodes.Status400BadRequest, "text", $"An answer has at most {NewRemark.MaxLength} characters.");
        }

        var admin = http.Features.GetRequiredFeature<Caller>();
        return await remarks.ResolveAsync(admin, id, resolution.IsResolved ?? true, answer, cancellationToken)
            ? TypedResults.NoContent()
            : TypedResults.NotFound();
    }
}
