using System.CommandLine;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Settings;

namespace AmoLtv.Host.Notices;

/// <summary><c>amoltv notices</c>: where an account's admin is told of a failed night or a lost connection.</summary>
public static class NoticesCommand
{
    private const string None = "none";

    public static Command Create()
    {
        var account = OneAccount.CreateOption();
        return new Command("notices", "Where the admin is told of a failed night, a lost connection, and fields that need a decision.")
        {
            account, CreateShow(account), CreateSet(account),
        };
    }

    private static Command CreateShow(Option<long?> account)
    {
        var command = new Command("show", "Shows where the admin is told.");
        command.SetAction((parsed, cancellationToken) => OneAccount.RunAsync(
            parsed.GetValue(account),
            async (services, id, token) =>
            {
                var settings = await services.GetRequiredService<NoticeSettingsStore>().GetAsync(id, token);
                var hasServer = services.GetRequiredService<EmailSender>().IsConfigured;
                await Console.Out.WriteLineAsync($"in the CRM: {(settings.IsInCrm ? "yes" : "no")}");
                await Console.Out.WriteLineAsync(
                    $"e-mail: {settings.Email ?? None}{(settings.Email is not null && !hasServer ? ", but Notices:SmtpHost names no mail server" : "")}");
                await Console.Out.WriteLineAsync($"webhook: {settings.WebhookUrl ?? None}");
                if (settings.WebhookUrl is null && (settings.Email is null || !hasServer))
                {
                    var (words, step) = ConnectionWords.English(new ConnectionCondition(ConnectionState.NoticesOnlyInCrm), TimeZoneInfo.Utc);
                    await Console.Out.WriteLineAsync($"{words} {step}");
                }
            },
            cancellationToken));
        return command;
    }

    private static Command CreateSet(Option<long?> account)
    {
        var crm = new Option<bool?>("--crm") { Description = "Whether who installed gets a task in the CRM." };
        var email = new Option<string?>("--email") { Description = "An address, or none." };
        var webhook = new Option<string?>("--webhook") { Description = "An https address that takes signed JSON by POST, or none." };
        var command = new Command("set", "Changes where the admin is told; what is not named stays.") { crm, email, webhook };
        command.SetAction((parsed, cancellationToken) => OneAccount.RunAsync(
            parsed.GetValue(account),
            async (services, id, token) =>
            {
                var store = services.GetRequiredService<NoticeSettingsStore>();
                var before = await store.GetAsync(id, token);
                var (address, url) = (parsed.GetValue(email), parsed.GetValue(webhook));
                if (await store.SaveAsync(
                    id,
                    parsed.GetValue(crm) ?? before.IsInCrm,
                    address is null ? before.Email : address == None ? null : address,
                    url is null ? before.WebhookUrl : url == None ? null : url,
                    isNewSecret: url is not null,
                    token) is { } secret)
                {
                    await Console.Out.WriteLineAsync($"Posts are signed with this secret, shown this once: {secret}");
                }

                await Console.Out.WriteLineAsync("Saved.");
            },
            cancellationToken));
        return command;
    }
}
