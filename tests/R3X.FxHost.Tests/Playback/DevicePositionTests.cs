using System;
using R3X.FxHost.Playback;
using Xunit;

namespace R3X.FxHost.Tests.Playback;

public sealed class DevicePositionTests
{
    private readonly DevicePosition _position = new();

    [Fact]
    public void What_was_said_to_be_heard_stays_heard_however_the_sound_system_reckons()
    {
        _position.Append(1_000);
        Assert.Equal(400, _position.State(400));
        Assert.Equal(400, _position.State(591));
        _position.Append(100);
        Assert.Equal(500, _position.State(691));
        Assert.Equal(600, _position.Heard);
        Assert.Equal(450, _position.State(450));
        Assert.Equal(650, _position.Heard);
    }

    [Fact]
    public void The_first_frame_may_be_on_its_way_to_the_ear_for_a_while()
    {
        Assert.Equal(0, _position.Unheard);
        _position.Append(480);
        Assert.Equal(480, _position.Unheard);
        Assert.Equal(900, _position.State(900));
        Assert.Equal(-420, _position.Heard);
    }

    [Fact]
    public void What_is_taken_back_is_not_heard_and_what_comes_in_its_place_is_not_heard_yet()
    {
        _position.Append(1_000);
        _position.State(400);
        _position.Rewind(300);
        Assert.Equal(100, _position.Unheard);
        _position.Append(300);
        Assert.Equal(400, _position.Unheard);
        _position.Rewind(450);
        Assert.Equal(0, _position.Unheard);
        _position.Append(10);
        Assert.Equal(10, _position.Unheard);
    }

    [Fact]
    public void It_goes_forward_through_any_reckoning()
    {
        var random = new Random(1);
        double last = double.NegativeInfinity;
        for (int i = 0; i < 10_000; i++)
        {
            _position.Append(random.Next(0, 1_024));
            double unheard = _position.State(random.Next(-100, 4_000));
            Assert.Equal(_position.Written - _position.Heard, unheard);
            Assert.InRange(_position.Heard, last, _position.Written);
            last = _position.Heard;
        }
    }

    [Fact]
    public void Where_nothing_is_stated_it_goes_with_time_to_the_end_of_what_was_given()
    {
        _position.Append(1_000);
        _position.State(1_200);
        _position.Pass(99.5);
        Assert.Equal(100, _position.Heard);
        _position.SkipTo(50);
        Assert.Equal(100, _position.Heard);
        _position.SkipTo(300);
        _position.Pass(5_000);
        Assert.Equal(1_000, _position.Heard);
    }
}
