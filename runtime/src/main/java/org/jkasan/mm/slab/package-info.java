/**
 * Slab caches: objects of one size each, from pages of RAM, with KASAN's redzones and quarantine.
 */
package org.jkasan.mm.slab;
