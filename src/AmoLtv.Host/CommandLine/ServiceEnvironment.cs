namespace AmoLtv.Host.CommandLine;

/// <summary>The environment's name, read the same way by the server and by every other verb.</summary>
internal static class ServiceEnvironment
{
    public static string Name =>
        Read("DOTNET_ENVIRONMENT") ?? Read("ASPNETCORE_ENVIRONMENT") ?? Environments.Production;

    private static string? Read(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } name ? name : null;
}
