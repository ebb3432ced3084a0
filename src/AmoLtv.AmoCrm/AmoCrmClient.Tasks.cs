using AmoLtv.AmoCrm.Entities;
using AmoLtv.AmoCrm.Reading;
using AmoLtv.AmoCrm.Tasks;
using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm;

/// <summary>Tasks.</summary>
public sealed partial class AmoCrmClient
{
    /// <summary>Creates up to <see cref="BatchSize"/> tasks. Not repeated on failure: look for them by their text before trying again.</summary>
    public Task<TaskCreation> CreateTasksAsync(IReadOnlyList<NewTask> tasks, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tasks.Count, BatchSize, nameof(tasks));
        return _batch.CallAsync(
            new CrmRequest("Creating tasks", HttpMethod.Post, "api/v4/tasks", [], TaskJson.Write(tasks), ReadsProblem: true),
            answer => TaskJson.ReadCreated(answer, tasks),
            cancellationToken);
    }

    /// <summary>Tasks in ascending order of id.</summary>
    public IAsyncEnumerable<Page<CrmTask>> ReadTasksAsync(TaskFilter filter, CancellationToken cancellationToken) =>
        PageReader.ReadAsync(
            (number, cancelled) => GetPageAsync(
                new CrmRequest(
                    "Reading tasks", HttpMethod.Get, "api/v4/tasks",
                    [.. filter.Query, ("order[id]", "asc"), ("limit", Text(PageSize)), ("page", Text(number))]),
                number, "tasks", TaskJson.Read, cancelled),
            1,
            cancellationToken);
}
