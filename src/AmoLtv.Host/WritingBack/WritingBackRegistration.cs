using AmoLtv.Host.Running;

namespace AmoLtv.Host.WritingBack;

/// <summary>Registers the services of this slice.</summary>
public static class WritingBackRegistration
{
    public static IServiceCollection AddWritingBack(this IServiceCollection services)
    {
        services.AddSingleton<OutputFieldStore>();
        services.AddSingleton<TargetStore>();
        services.AddSingleton<FieldWriteStore>();
        services.AddSingleton<HeldFieldStore>();
        services.AddSingleton<VerificationStore>();
        services.AddTransient<WriteBackEnabling>();
        services.AddTransient<Verification>();
        services.AddTransient<IRunStep, WriteBackStep>();
        return services;
    }
}
