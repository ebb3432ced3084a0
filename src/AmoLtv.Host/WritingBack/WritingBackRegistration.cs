namespace AmoLtv.Host.WritingBack;

/// <summary>Registers the services of this slice.</summary>
public static class WritingBackRegistration
{
    public static IServiceCollection AddWritingBack(this IServiceCollection services) => services;
}
