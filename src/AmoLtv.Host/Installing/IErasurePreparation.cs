using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Installing;

/// <summary>What a slice has to take back at the CRM while the account's tokens are still there; implemented where it was made.</summary>
public interface IErasurePreparation
{
    /// <exception cref="AmoLtv.AmoCrm.Transport.CrmException">The CRM did not take it back.</exception>
    /// <exception cref="ConnectionLostException">No grant works any more.</exception>
    Task PrepareAsync(AccountId account, CancellationToken cancellationToken);
}
