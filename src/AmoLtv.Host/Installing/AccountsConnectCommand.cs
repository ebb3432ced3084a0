using System.CommandLine;
using AmoLtv.Host.CommandLine;

namespace AmoLtv.Host.Installing;

/// <summary><c>amoltv accounts connect</c>: connects an account by a long-lived token. The token is never an argument, which others could read.</summary>
internal static class AccountsConnectCommand
{
    private const string Variable = "AMOLTV_LONG_LIVED_TOKEN";

    public static Command Create()
    {
        var host = new Option<string>("--host") { Description = "The account's host, for example acme.amocrm.ru.", Required = true };
        var clientId = new Option<string?>("--client-id") { Description = "The integration whose token it is; left out where only one is configured." };
        var file = new Option<FileInfo?>("--token-file") { Description = $"A file that holds the token alone; left out: the environment variable {Variable}." };
        var expires = new Option<DateTimeOffset?>("--expires") { Description = "The token's last day, YYYY-MM-DD, where the token does not say it itself." };
        var command = new Command("connect", "Connects an account by a long-lived token made on the integration's Keys tab.") { host, clientId, file, expires };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(
            async (services, cancelled) =>
            {
                var token = Read(parsed.GetValue(file));
                var account = await services.GetRequiredService<LongLivedConnect>().ConnectAsync(
                    parsed.GetValue(clientId), parsed.GetValue(host)!, token, parsed.GetValue(expires), cancelled);
                await Console.Out.WriteLineAsync($"Account {account.Id} is connected.");
                return 0;
            },
            cancellationToken));
        return command;
    }

    private static string Read(FileInfo? file)
    {
        if (file is { Exists: false })
        {
            throw new CommandFailedException($"--token-file: there is no file {file.FullName}.");
        }

        var token = (file is null ? Environment.GetEnvironmentVariable(Variable) : File.ReadAllText(file.FullName))?.Trim();
        return string.IsNullOrEmpty(token)
            ? throw new CommandFailedException($"--token-file: no token; give a file that holds it, or set {Variable}.")
            : token;
    }
}
