/** Tests by properties: generators, programs of random actions, and a kernel that is checked. */
package org.jkasan.testkit.property;
