/**
 * The kernel's own tests of KASAN, as kernel-style Java. Instrumented like any program's code; no
 * case checks anything itself, and what is reported is compared with what the case states.
 */
package org.jkasan.samples.kasantest;
