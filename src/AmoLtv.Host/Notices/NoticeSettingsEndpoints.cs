using AmoLtv.Core.Notices;
using AmoLtv.Host.Callers;
using AmoLtv.Host.Settings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Notices;

/// <summary>Endpoints of where the admin is told, with a message to try it.</summary>
public static class NoticeSettingsEndpoints
{
    public static IEndpointRouteBuilder MapNoticeSettings(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapSettingsGroup("/notices");
        group.MapGet("/", GetAsync).WithSummary("Shows where the administrator is told.");
        group.MapPut("/", PutAsync).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Sets where the administrator is told, unless somebody else has since it was read; a new webhook gets a secret, shown once.");
        group.MapPost("/test", TestAsync).ProducesProblem(StatusCodes.Status502BadGateway).WithSummary("Sends a message that tries a way of telling.");
        return endpoints;
    }

    private static async Task<Ok<NoticeDocument>> GetAsync(HttpContext http, NoticeSettingsStore store, EmailSender email) =>
        TypedResults.Ok(NoticeDocument.Of(NoticeChoice.Of(await store.GetAsync(http.Caller().Account, http.RequestAborted)), email.IsConfigured));

    private static async Task<Ok<NoticeDocument>> PutAsync(NoticeWish body, HttpContext http, NoticeSettingsStore store, EmailSender email, TrailedChange changes)
    {
        var account = http.Caller().Account;
        // A page that is left breaks no write off: a secret that was made is not lost half-way.
        var unbroken = CancellationToken.None;
        string? secret = null;
        var after = await changes.MakeAsync(
            http.Caller(),
            TrailStore.Notices,
            body.Seen,
            async connection => NoticeChoice.Of(await store.GetAsync(connection, account, unbroken)),
            async (connection, _) => secret = await store.SaveAsync(
                connection, account, body.IsInCrm, NoticeWish.Text(body.Email), NoticeWish.Text(body.WebhookUrl), isNewSecret: false, unbroken),
            unbroken);
        return TypedResults.Ok(NoticeDocument.Of(after, email.IsConfigured) with { NewSecret = secret });
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> TestAsync(NoticeTrial body, HttpContext http, TrialSender trials)
    {
        if (!Enum.TryParse<NoticeChannel>(body.Channel, ignoreCase: true, out var channel) || !Enum.IsDefined(channel))
        {
            return SettingsProblem.Wrong("channel", "There is no such way of telling; crm, email or webhook.");
        }

        try
        {
            await trials.SendAsync(http.Caller().Account, channel, http.RequestAborted);
            return TypedResults.NoContent();
        }
        catch (NoticeFailedException failure)
        {
            return CallerProblem.Of(StatusCodes.Status502BadGateway, "notDelivered", failure.Message);
        }
    }
}
