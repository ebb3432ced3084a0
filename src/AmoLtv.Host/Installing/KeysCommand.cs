using System.CommandLine;
using AmoLtv.Host.CommandLine;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Installing;

/// <summary><c>amoltv keys</c>: names the files by which stored tokens are read, so that a copy of them follows the settings.</summary>
public static class KeysCommand
{
    public static Command Create()
    {
        var command = new Command("keys", "Names the files by which stored tokens are read, one a line: the folder, the certificates, the present one first, and the file of the password. Asks no database.");
        command.SetAction(async (_, _) =>
        {
            await Task.Yield();
            using var host = CommandHost.Build();
            await Console.Out.WriteLineAsync(string.Join(Environment.NewLine, Lines(host.Services.GetRequiredService<IOptions<KeyOptions>>().Value)));
            return 0;
        });
        return command;
    }

    /// <returns>Lines <c>folder=…</c>, <c>certificate=…</c> and <c>password=…</c> with absolute paths, as <c>deploy/backup.sh</c> reads them.</returns>
    /// <exception cref="CommandFailedException">The keys lie in no folder of their own.</exception>
    internal static IEnumerable<string> Lines(KeyOptions options)
    {
        var folder = options.Folder ?? throw new CommandFailedException("Keys:Folder is not set: keys lie in a folder of the user's. Name a folder of their own.");
        return
        [
            $"folder={Path.GetFullPath(folder)}",
            .. new[] { options.CertificateFile }.Concat(options.PreviousCertificateFiles).OfType<string>().Select(file => $"certificate={Path.GetFullPath(file)}"),
            .. options.CertificatePasswordFile is { } password ? [$"password={Path.GetFullPath(password)}"] : Array.Empty<string>(),
        ];
    }
}
