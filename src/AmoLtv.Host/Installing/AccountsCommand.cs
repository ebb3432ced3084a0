using System.CommandLine;

namespace AmoLtv.Host.Installing;

/// <summary><c>amoltv accounts</c>.</summary>
public static class AccountsCommand
{
    public static Command Create() => new("accounts", "Lists the connected accounts.");
}
