namespace AmoLtv.Host.Installing;

/// <summary>Registers the services of this slice.</summary>
public static class InstallingRegistration
{
    public static IServiceCollection AddInstalling(this IServiceCollection services) => services;
}
