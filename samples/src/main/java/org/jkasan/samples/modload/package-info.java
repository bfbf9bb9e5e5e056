/**
 * A kernel's module loader in kernel-style Java: it reads a real ELF64 file into vmalloc space,
 * validates it, lays out and copies what occupies memory, walks symbols, and relocates.
 *
 * <p>Memory is had in every way there is on purpose: the file as a buffer, the section headers and
 * the module at kernel addresses, the other tables as primitive arrays. {@link
 * org.jkasan.samples.modload.Bug} names the mistakes that can be switched on; each stands where it
 * would stand in real life, marked by a comment at the access that goes wrong.
 */
package org.jkasan.samples.modload;
