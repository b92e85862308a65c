using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;
using Xunit;

namespace R3X.FxHost.Tests.Sdk;

public sealed class RampTests
{
    [Fact]
    public void A_ramp_reaches_its_target_exactly_after_one_grid_cell()
    {
        var ramp = default(Ramp);
        ramp.JumpTo(0.1);
        ramp.RampTo(0.7);
        for (int i = 0; i < ParameterGrid.Frames; i++)
        {
            Assert.True(ramp.IsMoving);
            ramp.Next();
        }

        Assert.Equal(0.7, ramp.Value);
        Assert.False(ramp.IsMoving);
    }
}
