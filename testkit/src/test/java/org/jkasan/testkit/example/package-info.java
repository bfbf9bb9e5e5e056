/** The worked example: a driver whose bug a unit test misses and a property finds. */
package org.jkasan.testkit.example;
