package org.jkasan.bench;

/** What one row came to over what another did. */
record Quotient(Goal goal, Row of, Row by) implements Row {

    @Override
    public Estimate measure(Bed bed) {
        Estimate one = of.measure(bed);
        Estimate other = by.measure(bed);
        return new Estimate(
                one.value() / other.value(), one.low() / other.high(), one.high() / other.low());
    }
}
