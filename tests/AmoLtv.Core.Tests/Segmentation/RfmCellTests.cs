using AmoLtv.Core.Segmentation;

namespace AmoLtv.Core.Tests.Segmentation;

/// <summary>The grid of scores.</summary>
public sealed class RfmCellTests
{
    [Test]
    public void Grid_has_every_cell_best_first_and_sums_to_the_base()
    {
        var grid = RfmCell.Grid([(5, 5, 100m), (5, 5, 50m), (1, 2, 7m)], before: null);

        Assert.That(grid, Has.Count.EqualTo(25));
        Assert.That(grid.Sum(cell => cell.Value), Is.EqualTo(157m));
        Assert.That(grid[0], Is.EqualTo(new RfmCell(5, 5, 2, 150m, null, null)));
        Assert.That(grid[^1], Is.EqualTo(new RfmCell(1, 1, 0, 0m, null, null)));
        Assert.That(grid.Single(cell => cell is { Recency: 1, Frequency: 2 }).Group, Is.EqualTo(RfmGroup.Lost));
    }

    [Test]
    public void Change_is_what_came_less_what_left()
    {
        var before = RfmCell.Grid([(5, 5, 100m), (1, 1, 10m)], before: null);

        var now = RfmCell.Grid([(5, 5, 120m), (4, 1, 3m)], before);

        Assert.That(now[0], Is.EqualTo(new RfmCell(5, 5, 1, 120m, 0, 20m)));
        Assert.That(now[^1], Is.EqualTo(new RfmCell(1, 1, 0, 0m, -1, -10m)));
        Assert.That(now.Single(cell => cell is { Recency: 4, Frequency: 1 }), Is.EqualTo(new RfmCell(4, 1, 1, 3m, 1, 3m)));
    }
}
