using System.Text.RegularExpressions;

namespace AmoLtv.Host.Tests.Conventions;

/// <summary>What becomes of the commands that the documentation shows in blocks: run, or said here not to be.</summary>
internal static partial class DocumentedCommands
{
    /// <summary>What no test of this fixture runs, by how the line begins, and why; most are run elsewhere.</summary>
    public static readonly (string Beginning, string Reason)[] NotRun =
    [
        ("git clone ", "the project's address is the reader's"),
        ("cd ", "goes with the line before it"),
        ("deploy/", "starts or installs servers; its name and options are checked; tests/install.sh runs install.sh, a draft of package.sh, backup.sh by its unit and restore.sh by the page's lines, the last two have a test of their own besides, and tests/run.sh runs demo.sh in a copy of the checkout"),
        ("tests/", "would run the tests within a test"),
        ("dotnet build", "was done before this test"),
        ("dotnet test ", "would run the tests within a test"),
        ("dotnet format ", "rewrites the checkout"),
        ("dotnet publish ", "deploy/package.sh does it, and its test looks at what comes of it"),
        ("dotnet run --project tests/", "measures for minutes"),
        ("npm --prefix widget ci", "asks a registry"),
        ("npm --prefix widget run ", "the widget's own tests pack with these options"),
        ("openssl ", "makes certificates on the machine; the tests of keys make theirs in the same way"),
        ("mkdir ", "goes with the lines after it"),
        ("umask ", "goes with the lines after it"),
        ("sha256sum ", "needs a packed release; tests/install.sh makes one"),
        ("tar ", "needs a packed release; tests/install.sh unpacks one"),
        ("systemctl ", "needs a running systemd; tests/install.sh starts and ends what the units say in its place"),
        ("docker ", "needs a Docker engine"),
        ("certbot ", "needs a public address"),
        ("nginx ", "needs a web server"),
        ("apt-get ", "installs on the machine"),
        ("runuser ", "needs users of an installed machine; tests/install.sh types these lines of docs/backup.md as they stand, on one that lost everything"),
        ("install -", "needs users of an installed machine; tests/install.sh types those of the restore as they stand"),
        ("rm -", "takes files of an installed machine away; tests/install.sh types those of the restore as they stand"),
        ("ln -", "switches the program of an installed machine; tests/install.sh does it in a folder of its own"),
        ("printf ", "writes a file of an installed machine; tests/install.sh writes it, and starts the copy that it orders as its user"),
        ("createdb ", "needs a server of one's own; tests/install.sh makes a database by the same options"),
        ("psql ", "needs a server of one's own"),
        ("amoltv doctor", "judges the machine it runs on; has a test of its own"),
        ("amoltv export ", "has a test of its own, which reads what it wrote"),
        ("amoltv erase ", "would take the account from the commands after it; has a test of its own"),
    ];

    private const string Program = "amoltv ";

    private const string FromSource = "dotnet run --project src/AmoLtv.Host -c Release -- ";

    /// <summary>The arguments of a line that runs the program; null where it runs something else.</summary>
    public static IReadOnlyList<string>? Arguments(string line) =>
        IsNotRun(line) ? null
        : line.StartsWith(Program, StringComparison.Ordinal) ? Split(line[Program.Length..])
        : line.StartsWith(FromSource, StringComparison.Ordinal) ? Split(line[FromSource.Length..])
        : null;

    /// <summary>Whether <see cref="NotRun"/> names it.</summary>
    public static bool IsNotRun(string line) => Array.Exists(NotRun, entry => $"{line} ".StartsWith(entry.Beginning, StringComparison.Ordinal));

    /// <summary>Words as a shell would give them: quotes hold several together.</summary>
    public static IReadOnlyList<string> Split(string line) =>
        [.. Word().Matches(line).Select(match => match.Value.Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal))];

    [GeneratedRegex("""([^\s"']+|"[^"]*"|'[^']*')+""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
