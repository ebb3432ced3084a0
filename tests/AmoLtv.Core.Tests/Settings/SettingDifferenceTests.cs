using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;

namespace AmoLtv.Core.Tests.Settings;

public sealed class SettingDifferenceTests
{
    [Test]
    public void Settings_that_say_the_same_do_not_differ() =>
        Assert.That(SettingDifference.Between(new AccountSettings(), new AccountSettings()), Is.Empty);

    [Test]
    public void Each_setting_that_is_answered_otherwise_is_named_with_both_answers()
    {
        var before = new AccountSettings();
        var after = before with { HorizonMonths = 24, Cost = new CostSettings { Kind = CostKind.Field, Field = new FieldId(7) } };

        Assert.That(SettingDifference.Between(before, after), Is.EqualTo(new SettingDifference[]
        {
            new("cost.kind", "none", "field"), new("cost.field", "none", "7"), new("horizonMonths", "12", "24"),
        }));
    }
}
