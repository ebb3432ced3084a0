using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;

namespace AmoLtv.Core.Tests.Settings;

public sealed class AccountSettingsTests
{
    /// <summary>Each setting: a value that is not the default, and one that is not allowed.</summary>
    private static readonly (string Key, string Other, string? Wrong)[] Values =
    [
        ("wonStages.pipelines", "1,2", "main"),
        ("wonStages.extraStages", "1:300,2:301", "300"),
        ("purchaseDateField", "77", "date"),
        ("returns", "1:300:reversal,2:142:creditNote", "1:300:refund"),
        ("periodMonths", "12", "0"),
        ("customer", "companyOnly", "company"),
        ("amountField", "77", "-1"),
        ("cost.kind", "none", "Field"),
        ("cost.field", "77", "x"),
        ("cost.marginPercent", "12.5", "0"),
        ("vatIncluded", "true", "yes"),
        ("cac.kind", "none", "0"),
        ("cac.field", "77", "x"),
        ("cac.targetRatio", "4.5", "0"),
        ("channel.kind", "source", "utm"),
        ("channel.field", "77", "x"),
        ("channel.tags", "ads,SEO", null),
        ("horizonMonths", "24", "2"),
        ("discountPercent", "15.5", "101"),
        ("scheduleTime", "04:30", "25:00"),
        ("lifetime.fixedYears", "2.5", "0"),
        ("lifetime.assumedYears", "2.5", "51"),
        ("lifetime.maximumYears", "15", "0.5"),
        ("headline", "historical", "best"),
        ("tiers.rule", "percentile", "rank"),
        ("tiers.thresholds", "70,90", "90,70"),
        ("tiers.names", "Gold,Silver,Bronze", "Gold"),
        ("tiers.colors", "#111111,#222222,#333333", "red,green,blue"),
        ("rfm.recencyDays", "30,90,180,365", "90,30,180,365"),
        ("rfm.purchases", "2,3,5,9", "0,1,2,3"),
        ("rfm.value", "1000,5000.5,20000,100000", "1000,5000,20000"),
        ("lifecycle.slippingAfterGaps", "2", "0.4"),
        ("lifecycle.dormantAfterGaps", "3", "1.5"),
        ("lifecycle.lostAfterGaps", "6", "101"),
        ("drivers.companyFields", "71,72", "1,2,3,4,5,6,7,8,9,10,11"),
        ("drivers.leadFields", "73", "73,73"),
        ("eraseAfterUninstall", "true", "later"),
    ];

    [Test]
    public void Defaults_are_complete_and_valid() => Assert.That(new AccountSettings().Validate(), Is.Empty);

    [Test]
    public void Every_setting_is_tested_here() =>
        Assert.That(SettingKeys.All.Select(setting => setting.Key), Is.EquivalentTo(Values.Select(value => value.Key)));

    [TestCaseSource(nameof(Values))]
    public void A_setting_reads_what_was_written_and_survives_json((string Key, string Other, string? Wrong) value)
    {
        var setting = SettingKeys.Find(value.Key)!;

        var changed = setting.Write(new AccountSettings(), value.Other);
        var again = SettingsJson.Read(SettingsJson.Write(changed));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(changed.Validate(), Is.Empty);
            Assert.That(setting.Read(changed), Is.EqualTo(value.Other));
            Assert.That(SettingKeys.All.Select(known => known.Read(again)), Is.EqualTo(SettingKeys.All.Select(known => known.Read(changed))));
        }
    }

    [TestCaseSource(nameof(Refused))]
    public void A_setting_refuses_what_is_not_allowed_and_names_itself((string Key, string Wrong) value)
    {
        var setting = SettingKeys.Find(value.Key)!;

        Assert.That(RefusedKeys(setting, value.Wrong), Does.Contain(value.Key));
        Assert.That(setting.Allowed, Is.Not.Empty);
    }

    private static IEnumerable<(string Key, string Wrong)> Refused() =>
        Values.Where(value => value.Wrong is not null).Select(value => (value.Key, value.Wrong!));

    /// <summary>What cannot even be read is refused as that setting; what can be read is judged by the rules.</summary>
    private static IEnumerable<string> RefusedKeys(Setting setting, string text)
    {
        try
        {
            return setting.Write(new AccountSettings(), text).Validate().Select(error => error.Key);
        }
        catch (FormatException)
        {
            return [setting.Key];
        }
    }

    [Test]
    public void Settings_that_need_each_other_are_refused_alone()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(KeysOf(new() { Cost = new CostSettings { Kind = CostKind.Field } }), Is.EqualTo(new[] { "cost.field" }));
            Assert.That(KeysOf(new() { Cost = new CostSettings { Kind = CostKind.FixedMargin } }), Is.EqualTo(new[] { "cost.marginPercent" }));
            Assert.That(KeysOf(new() { Cac = new CacSettings { Kind = CacKind.CompanyField } }), Is.EqualTo(new[] { "cac.field" }));
            Assert.That(KeysOf(new() { Cac = new CacSettings { Kind = CacKind.ChannelTable } }), Is.EqualTo(new[] { "channel.kind" }));
            Assert.That(KeysOf(new() { Channel = new ChannelSettings { Kind = ChannelKind.Tag } }), Is.EqualTo(new[] { "channel.tags" }));
            Assert.That(KeysOf(new() { Channel = new ChannelSettings { Kind = ChannelKind.Field } }), Is.EqualTo(new[] { "channel.field" }));
        }
    }

    [Test]
    public void A_stage_is_not_won_and_returned_at_once()
    {
        var stage = new StageKey(new PipelineId(1), new StatusId(300));

        Assert.That(
            KeysOf(new() { WonStages = new WonStageSettings { ExtraStages = [stage] }, Returns = [new ReturnStage(stage, ReturnKind.Reversal)] }),
            Is.EqualTo(new[] { "returns" }));
    }

    [Test]
    public void Thresholds_of_money_fall_and_those_of_percent_rise()
    {
        var byMoney = new TierSettings { Rule = TierRule.Money };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(KeysOf(new() { Tiers = byMoney }), Is.EqualTo(new[] { "tiers.thresholds" }), "80 and 95 rise");
            Assert.That(SettingKeys.Find("tiers.thresholds")!.Write(new() { Tiers = byMoney }, "1000000,200000").Validate(), Is.Empty);
        }
    }

    [Test]
    public void A_worse_state_needs_a_longer_silence()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(KeysOf(new() { Lifecycle = new LifecycleSettings { SlippingAfterGaps = 2.5 } }), Is.EqualTo(new[] { "lifecycle.dormantAfterGaps" }));
            Assert.That(KeysOf(new() { Lifecycle = new LifecycleSettings { LostAfterGaps = double.NaN } }), Is.EqualTo(new[] { "lifecycle.lostAfterGaps" }));
        }
    }

    [Test]
    public void A_missing_property_has_its_default_and_an_unknown_kind_is_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(SettingsJson.Write(SettingsJson.Read("{}")), Is.EqualTo(SettingsJson.Write(new AccountSettings())));
            Assert.That(() => SettingsJson.Read("""{"headline":"best"}"""), Throws.TypeOf<System.Text.Json.JsonException>());
        }
    }

    [Test]
    public void Used_fields_are_those_the_numbers_need()
    {
        var settings = new AccountSettings
        {
            PurchaseDateField = new FieldId(1),
            AmountField = new FieldId(2),
            Cost = new CostSettings { Kind = CostKind.Field, Field = new FieldId(3) },
            Channel = new ChannelSettings { Kind = ChannelKind.Source, Field = new FieldId(4) },
            Cac = new CacSettings { Kind = CacKind.CompanyField, Field = new FieldId(5) },
            Drivers = new DriverSettings { LeadFields = [new FieldId(6)], CompanyFields = [new FieldId(7), new FieldId(5)] },
        };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(settings.UsedFieldIds(EntityType.Lead).Select(field => field.Value), Is.EquivalentTo(new[] { 1, 2, 3, 6 }));
            Assert.That(settings.UsedFieldIds(EntityType.Company).Select(field => field.Value), Is.EquivalentTo(new[] { 5, 7 }));
            Assert.That(settings.UsedFieldIds(EntityType.Contact), Is.Empty);
        }
    }

    private static IEnumerable<string> KeysOf(AccountSettings settings) => settings.Validate().Select(error => error.Key);
}
