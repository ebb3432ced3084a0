using System.CommandLine;

namespace AmoLtv.Sandbox;

/// <summary>The sandbox's command line.</summary>
public static class SandboxCommand
{
    public static RootCommand Create() => new("An amoCRM to run AmoLtv against.");
}
