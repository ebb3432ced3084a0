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
        services.AddSingleton<WriteBackSettingsStore>();
        services.AddSingleton<ConflictStore>();
        services.AddSingleton<WrittenFieldStore>();
        services.AddSingleton<UndoStore>();
        services.AddSingleton<WriteBackReader>();
        services.AddSingleton<FieldTurn>();
        services.AddTransient<FieldMapping>();
        services.AddTransient<FieldWatch>();
        services.AddTransient<ConflictWatch>();
        services.AddTransient<InterruptedWrites>();
        services.AddTransient<WriteBackPlanning>();
        services.AddTransient<WriteSending>();
        services.AddTransient<WriteBackEnabling>();
        services.AddTransient<Verification>();
        services.AddTransient<IRunStep, WriteBackStep>();
        services.AddTransient<IRunStep, PreviewStep>();
        services.AddTransient<IRunStep, UndoStep>();
        return services;
    }
}
