using System.Security.Cryptography;
using System.Text.Json;
using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Valuing;

/// <summary>Fingerprint of everything but the leads themselves that decides verdicts: another one, and every lead is asked anew.</summary>
internal static class VerdictBasis
{
    /// <summary>Raised whenever the rules of <see cref="Core.Purchases.LeadClassifier"/> change.</summary>
    private const int RulesVersion = 1;

    public static string Of(AccountSettings settings, TimeZoneInfo zone)
    {
        var deciding = new
        {
            RulesVersion,
            Zone = zone.Id,
            settings.WonStages,
            settings.PurchaseDateField,
            settings.AmountField,
            settings.Cost,
            settings.Returns,
            settings.PeriodMonths,
            settings.Customer,
            settings.Channel,
        };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(deciding, SettingsJson.Options)));
    }
}
