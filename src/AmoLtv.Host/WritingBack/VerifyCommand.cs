using System.CommandLine;

namespace AmoLtv.Host.WritingBack;

/// <summary><c>amoltv verify</c>.</summary>
public static class VerifyCommand
{
    public static Command Create() => new("verify", "Reads the fields back from the CRM and compares them with what was computed.");
}
