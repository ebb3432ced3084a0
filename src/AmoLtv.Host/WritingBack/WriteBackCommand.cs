using System.CommandLine;

namespace AmoLtv.Host.WritingBack;

/// <summary><c>amoltv write-back</c>.</summary>
public static class WriteBackCommand
{
    public static Command Create() => new("write-back", "Writes changed results into the CRM's custom fields.");
}
