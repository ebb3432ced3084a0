namespace AmoLtv.Host.Analytics.Answers;

/// <summary>What came of the tasks that the service created for responsible users.</summary>
/// <param name="IsEnabled">Whether it creates any.</param>
/// <param name="Kinds">By kind of reason.</param>
internal sealed record TasksAnswer(bool IsEnabled, IReadOnlyList<TaskSums> Kinds);
