/** A driver's ring of records: correct, and with the one store that is not. */
package org.jkasan.samples.ring;
