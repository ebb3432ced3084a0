using System.CommandLine;
using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;

namespace AmoLtv.Host.Exporting;

/// <summary><c>amoltv export</c>: everything that is stored of an account, as JSON and CSV.</summary>
public static class ExportCommand
{
    public static Command Create()
    {
        var account = new Option<long>("--account") { Description = "Number of the account, connected or not.", Required = true };
        var folder = new Option<string>("--out") { Description = "An empty or new folder; readable for its owner alone.", Required = true };
        var command = new Command("export", "Writes everything that is stored of an account into files, secrets left out.") { account, folder };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(
            async (services, cancelled) =>
            {
                var path = Path.GetFullPath(parsed.GetValue(folder)!);
                var manifest = await services.GetRequiredService<AccountExport>().WriteAsync(new AccountId(parsed.GetValue(account)), path, cancelled);
                await Console.Out.WriteLineAsync(Words(manifest, path));
                return 0;
            },
            cancellationToken));
        return command;
    }

    private static string Words(ExportManifest manifest, string path)
    {
        var filled = manifest.Tables.Where(table => table.Rows > 0).ToList();
        var secrets = filled.Where(table => table.LeftOut.Count > 0).Select(table => $"{table.Table} ({string.Join(", ", table.LeftOut)})");
        return $"""
            Account {manifest.Account}: {filled.Sum(table => table.Rows)} rows of {filled.Count} tables are in {path}, as JSON and CSV; manifest.json says what is there.
            Left out as secrets: {string.Join(", ", secrets.DefaultIfEmpty("nothing"))}.
            """;
    }
}
