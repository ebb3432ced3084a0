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
        group.MapPut("/", PutAsync).WithSummary("Sets where the administrator is told; a new webhook gets a secret, shown once.");
        group.MapPost("/test", TestAsync).ProducesProblem(StatusCodes.Status502BadGateway).WithSummary("Sends a message that tries a way of telling.");
        return endpoints;
    }

    private static async Task<Ok<NoticeDocument>> GetAsync(HttpContext http, NoticeSettingsStore store, EmailSender email) =>
        TypedResults.Ok(NoticeDocument.Of(await store.GetAsync(http.Caller().Account, http.RequestAborted), email.IsConfigured));

    private static async Task<Ok<NoticeDocument>> PutAsync(NoticeWish body, HttpContext http, NoticeSettingsStore store, EmailSender email, TrailStore trail)
    {
        var (caller, cancelled) = (http.Caller(), http.RequestAborted);
        var before = await store.GetAsync(caller.Account, cancelled);
        await store.SetEmailAsync(caller.Account, NoticeWish.Text(body.Email), cancelled);
        var url = NoticeWish.Text(body.WebhookUrl);
        // The secret is made with the address: an address that stays keeps its secret.
        var secret = url == before.WebhookUrl ? null : await store.SetWebhookAsync(caller.Account, url, cancelled);
        await store.SetCrmAsync(caller.Account, body.IsInCrm, cancelled);
        var after = NoticeDocument.Of(await store.GetAsync(caller.Account, cancelled), email.IsConfigured);
        await trail.AddAsync(caller.Account, caller.User, TrailStore.Notices, NoticeDocument.Of(before, email.IsConfigured), after, cancelled);
        return TypedResults.Ok(after with { NewSecret = secret });
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
