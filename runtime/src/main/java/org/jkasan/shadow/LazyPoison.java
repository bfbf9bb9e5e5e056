package org.jkasan.shadow;

/**
 * Memory that is poisoned although its shadow bytes were left as they were: whoever manages it
 * knows what is, and every way to it but one through its host address asks first.
 */
public interface LazyPoison {

    /** What the shadow of such memory says in effect. */
    byte VALUE = ShadowByte.VMALLOC_INVALID;

    /**
     * The first host address in [from, end) that is poisoned so, or end. No lock, and no answer
     * that an owner who acts meanwhile could not have had.
     */
    long firstPoisoned(long from, long end);
}
