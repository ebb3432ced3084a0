using AmoLtv.AmoCrm.Tasks;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Tasks;
using AmoLtv.Host.Installing;

namespace AmoLtv.Host.Notices;

/// <summary>Tells who installed the integration by a task in the CRM; one that is already there is not made again.</summary>
public sealed class CrmTaskSender(GrantStore grants, CrmConnections connections, TimeProvider time)
{
    /// <exception cref="NoticeFailedException">The CRM did not take it, or nobody is known to tell it to.</exception>
    public async Task SendAsync(NoticeMessage message, bool isRepeated, CancellationToken cancellationToken)
    {
        try
        {
            var grant = await grants.FindBestAsync(message.Account, cancellationToken)
                ?? throw new NoticeFailedException("Nobody has connected the account.");
            var crm = await connections.OpenAsync(message.Account, cancellationToken);
            if (isRepeated && await IsThereAsync(crm.ReadTasksAsync(TaskFilter.OpenOf(grant.GrantedBy), cancellationToken), message.Marker))
            {
                return;
            }

            var task = new NewTask(message.Marker, $"{message.Title}. {message.Body}", time.GetUtcNow().AddDays(1), grant.GrantedBy);
            var creation = await crm.CreateTasksAsync([task], cancellationToken);
            if (creation.Created.Count == 0)
            {
                throw new NoticeFailedException($"The CRM did not take the task: {string.Join("; ", creation.Errors.Values)}");
            }
        }
        catch (Exception failure) when (failure is CrmException or ConnectionLostException)
        {
            throw new NoticeFailedException(failure.Message, failure);
        }
    }

    private static async Task<bool> IsThereAsync(IAsyncEnumerable<AmoCrm.Entities.Page<CrmTask>> pages, string marker)
    {
        await foreach (var page in pages)
        {
            if (page.Rows.Any(task => TaskMarker.IsIn(task.Text, marker)))
            {
                return true;
            }
        }

        return false;
    }
}
