namespace AmoLtv.AmoCrm.Transport;

/// <summary>Where a client gets its access token from; implemented where grants are stored.</summary>
public interface IAccessTokens
{
    /// <summary>A token that is not known to be expired.</summary>
    ValueTask<string> GetAsync(CancellationToken cancellationToken);

    /// <summary>The CRM answered 401 to <paramref name="rejected"/>: a token other than that one.</summary>
    Task<string> RenewAsync(string rejected, CancellationToken cancellationToken);
}
