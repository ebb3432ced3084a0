using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Settings;

/// <summary>What is allowed in the settings of segments and drivers.</summary>
internal static partial class SettingRules
{
    private const int RfmCuts = 4;

    private static IEnumerable<SettingError> Rfm(RfmSettings rfm)
    {
        (string Key, bool IsRight)[] cuts =
        [
            (SettingKeys.RfmRecencyDays, IsScale([.. rfm.RecencyDays.Select(days => (decimal)days)], least: 0)),
            (SettingKeys.RfmPurchases, IsScale([.. rfm.Purchases.Select(count => (decimal)count)], least: 1)),
            (SettingKeys.RfmValue, IsScale(rfm.Value, least: 0)),
        ];
        return cuts.Where(cut => !cut.IsRight).Select(cut => Error(cut.Key, "do not cut five scores", SettingKeys.Find(cut.Key)!.Allowed));
    }

    private static IEnumerable<SettingError> Lifecycle(LifecycleSettings lifecycle)
    {
        (string Key, double Gaps, double Before)[] factors =
        [
            (SettingKeys.LifecycleSlipping, lifecycle.SlippingAfterGaps, 0),
            (SettingKeys.LifecycleDormant, lifecycle.DormantAfterGaps, lifecycle.SlippingAfterGaps),
            (SettingKeys.LifecycleLost, lifecycle.LostAfterGaps, lifecycle.DormantAfterGaps),
        ];
        foreach (var (key, gaps, before) in factors)
        {
            if (!IsBetween(gaps, 0.5, 100))
            {
                yield return OutOfRange(key, gaps);
            }
            else if (gaps <= before)
            {
                yield return Error(key, "is not above the better state's", SettingKeys.Find(key)!.Allowed);
            }
        }
    }

    private static IEnumerable<SettingError> Drivers(DriverSettings drivers)
    {
        (string Key, IReadOnlyList<FieldId> Fields)[] lists =
        [
            (SettingKeys.DriverCompanyFields, drivers.CompanyFields),
            (SettingKeys.DriverLeadFields, drivers.LeadFields),
        ];
        foreach (var (key, fields) in lists)
        {
            if (fields.Count > DriverSettings.MostFields)
            {
                yield return Error(key, $"names {fields.Count} fields", SettingKeys.Find(key)!.Allowed);
            }
            else if (fields.Distinct().Count() < fields.Count)
            {
                yield return Error(key, "names a field twice", SettingKeys.Find(key)!.Allowed);
            }
        }
    }

    private static bool IsScale(IReadOnlyList<decimal> cuts, decimal least) =>
        cuts.Count == 0
        || (cuts.Count == RfmCuts && cuts[0] >= least && cuts.Zip(cuts.Skip(1)).All(pair => pair.First < pair.Second));
}
