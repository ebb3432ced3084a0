using AmoLtv.Host.Running;

namespace AmoLtv.Host.Tasks;

/// <summary>Registers the services of this slice.</summary>
public static class TasksRegistration
{
    public static IServiceCollection AddTasks(this IServiceCollection services)
    {
        services.AddSingleton<TaskSettingsStore>();
        services.AddSingleton<TaskStore>();
        services.AddSingleton<OutcomeStore>();
        services.AddSingleton<MoveStore>();
        services.AddSingleton<TaskAccountStore>();
        services.AddTransient<TaskSending>();
        services.AddTransient<IRunStep, TasksStep>();
        return services;
    }
}
