using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;

namespace AmoLtv.Host.Analytics;

/// <summary>Whose clients a caller may see.</summary>
internal static class OwnClientsOnly
{
    /// <summary>The user whose clients alone are shown; null for those who see all.</summary>
    public static UserId? OwnClients(this Caller caller) => caller.IsAnalyst ? null : caller.User;
}
