using AmoLtv.AmoCrm.Fields;
using AmoLtv.AmoCrm.Tasks;

namespace AmoLtv.Host.Tasks;

/// <summary>Tasks that are sent together, and what has become of them so far.</summary>
/// <param name="tasks">One or more.</param>
/// <param name="write">A task in the CRM's words.</param>
internal sealed class TaskBatch(IReadOnlyList<StoredTask> tasks, Func<StoredTask, NewTask> write)
{
    public FaultSearch<StoredTask> Search { get; } = new(tasks, int.MaxValue);

    public int Created { get; set; }

    /// <summary>Tasks the CRM named as wrong, and in the end those that were found to be.</summary>
    public List<StoredTask> Refused { get; } = [];

    /// <summary>Tasks that were refused alone, where the CRM named none.</summary>
    public List<StoredTask> Found { get; } = [];

    /// <summary>The CRM's words where it named none.</summary>
    public string Reason { get; set; } = "";

    public NewTask New(StoredTask task) => write(task);
}
